using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Simulator.Scripts;

/// <summary>The answers a test dictated for one endpoint; each is given once, in order.</summary>
internal sealed class AnswerScript(TimeProvider time)
{
    private readonly ConcurrentQueue<CibaSimulatorAnswer> _answers = new();

    public void Add(CibaSimulatorAnswer answer) => _answers.Enqueue(answer);

    public CibaSimulatorAnswer? Next() => _answers.TryDequeue(out var answer) ? answer : null;

    public async Task SendAsync(HttpContext context, CibaSimulatorAnswer answer)
    {
        if (answer.Delay > TimeSpan.Zero)
        {
            await Task.Delay(answer.Delay, time, context.RequestAborted);
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        Wire.Answer.NoStore(response);
        await response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
