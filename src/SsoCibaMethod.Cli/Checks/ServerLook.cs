using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>What one request to a server shows of it: its certificate, who signed that, and its clock. The request asks for nothing.</summary>
internal sealed class ServerLook
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>The server's certificate; <see langword="null"/> where no handshake came that far.</summary>
    public ServerCertificate? Certificate { get; private set; }

    /// <summary>Why the certificate was refused; <see langword="null"/> where it was not.</summary>
    public CertificateRefusal? Refusal { get; private set; }

    /// <summary>The server's time and when it was asked for; <see langword="null"/> where it told none.</summary>
    public ServerTime? Clock { get; private set; }

    /// <summary>Why there was no answer; <see langword="null"/> where there was one, whatever it said.</summary>
    public string? Failure { get; private set; }

    public static async Task<ServerLook> TakeAsync(
        Uri address, ClientCertificateFile? certificate, CibaOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var look = new ServerLook();
        var roots = options.BackchannelTrust is { } trust ? TrustedRoots.Read(trust) : null;

        // As the host does it, seen by one who looks on and changes nothing: what the platform refuses stays refused.
        using var handler = BackchannelTransport.Create(new BackchannelTransportSettings { RevocationMode = options.BackchannelRevocation }, certificate?.Current, roots);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, chain, errors) =>
        {
            look.Certificate = chain is null ? null : ServerCertificate.Of(chain);
            look.Refusal = CertificateRefusal.Of(errors, chain);
            return errors == SslPolicyErrors.None;
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var sent = time.GetUtcNow();
            using var response = await invoker.SendAsync(request, both.Token);
            look.Clock = response.Headers.Date is { } date ? new ServerTime(date + (response.Headers.Age ?? TimeSpan.Zero), sent, time.GetUtcNow()) : null;
        }
        catch (HttpRequestException exception)
        {
            look.Failure = look.Refusal?.Reason ?? BackchannelHttp.Describe(exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            look.Failure = $"no answer within {TimeLimit.TotalSeconds:0} s";
        }

        return look;
    }
}

/// <summary>A certificate as its server showed it.</summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Signers">Who signed it and each other, the root last; empty where nobody known did.</param>
/// <param name="NotBefore">From when it is good.</param>
/// <param name="NotAfter">Until when.</param>
internal sealed record ServerCertificate(string Subject, IReadOnlyList<string> Signers, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    public static ServerCertificate? Of(X509Chain chain) => chain.ChainElements.Select(element => element.Certificate).ToList() is [var leaf, .. var signers]
        ? new ServerCertificate(Name(leaf), [.. signers.Select(Name).DefaultIfEmpty(leaf.Issuer)], new DateTimeOffset(leaf.NotBefore), new DateTimeOffset(leaf.NotAfter))
        : null;

    private static string Name(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } name ? name : certificate.Subject;
}

/// <summary>A server's time, told in whole seconds somewhere between sending and receiving (RFC 9110 §6.6.1).</summary>
internal sealed record ServerTime(DateTimeOffset Told, DateTimeOffset Sent, DateTimeOffset Received)
{
    /// <summary>By how much the server's clock is ahead of ours at the least; negative where it is behind.</summary>
    public TimeSpan Ahead
    {
        get
        {
            var (least, most) = (Told - Received, Told + TimeSpan.FromSeconds(1) - Sent);
            return least > TimeSpan.Zero ? least : most < TimeSpan.Zero ? most : TimeSpan.Zero;
        }
    }
}
