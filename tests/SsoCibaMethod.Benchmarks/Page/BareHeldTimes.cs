using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SsoCibaMethod.Benchmarks.Measuring;

namespace SsoCibaMethod.Benchmarks.Page;

/// <summary>How long the server and the client alone take for the way of a result: a handler that holds a request, is told, and answers some bytes.</summary>
internal sealed class BareHeldTimes : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly byte[] _answer = new byte[200];
    private TaskCompletionSource _told = new();

    private BareHeldTimes()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async context =>
        {
            await _told.Task;
            context.Response.ContentLength = _answer.Length;
            await context.Response.Body.WriteAsync(_answer);
        });
    }

    public static async Task<BareHeldTimes> StartAsync()
    {
        var times = new BareHeldTimes();
        await times._app.StartAsync();
        return times;
    }

    public async Task<Series> MeasureAsync(int samples)
    {
        using var http = ResultTimes.NewBrowsers();
        List<double> times = [];
        for (var i = 0; i < samples; i++)
        {
            _told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var heard = ResultTimes.HearAsync(http, _app.Urls.First(), cookie: "none");
            await Task.Delay(ResultTimes.UntilHeld, TimeProvider.System);
            var toldAt = TimeProvider.System.GetTimestamp();
            _told.SetResult();
            times.Add(TimeProvider.System.GetElapsedTime(toldAt, await heard).TotalMilliseconds);
        }

        return new Series([.. times]);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
