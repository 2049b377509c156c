using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SsoCibaMethod.Benchmarks.Measuring;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Benchmarks.Op;

/// <summary>The OP of a benchmark: started, asked what it counted, ended.</summary>
internal sealed class OpProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly HttpMessageInvoker _control;

    private OpProcess(Process process, OpDoors doors)
    {
        _process = process;
        _folder = Directory.CreateTempSubdirectory("ciba-benchmark-");
        Doors = doors;
        TrustFile = Path.Combine(_folder.FullName, "authority.pem");
        File.WriteAllText(TrustFile, doors.Authority);
        _control = new HttpMessageInvoker(CreateHandler());
    }

    public OpDoors Doors { get; }

    /// <summary>The authority that the OP's certificate is from.</summary>
    public string TrustFile { get; }

    /// <param name="interval">How far apart polls of one login must be, or they are early; 5 s where nothing is said.</param>
    public static async Task<OpProcess> StartAsync(TimeSpan? interval = null)
    {
        var process = ChildProcess.Start("op", (interval ?? TimeSpan.FromSeconds(5)).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The OP did not start.");
        return new OpProcess(process, JsonSerializer.Deserialize<OpDoors>(line)!);
    }

    /// <summary>A way to the OP like that of every method.</summary>
    public HttpMessageHandler CreateHandler() => BackchannelTransport.CreateHandler(new BackchannelTransportSettings { TrustFile = TrustFile });

    /// <summary>The platform's handler as it comes, but that it trusts the OP.</summary>
    public HttpMessageHandler CreatePlainHandler()
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(TrustFile);
        return new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
    }

    /// <summary>What the OP counted since the last time.</summary>
    public async Task<PollCounts> TakeCountsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Doors.Http1}/counts");
        using var response = await _control.SendAsync(request, CancellationToken.None);
        return JsonSerializer.Deserialize<PollCounts>(await response.Content.ReadAsByteArrayAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
