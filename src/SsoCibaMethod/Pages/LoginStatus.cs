using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>
/// Tells the page's script where its login stands. A request that has seen the present version is held until it changes, for 25 seconds at most, which
/// every proxy bears.
/// </summary>
internal static class LoginStatus
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(25);

    public static async Task AnswerAsync(LoginFlow flow, TimeProvider time)
    {
        var login = await flow.FindLoginAsync();
        if (login?.AsShown(flow.Logins.Now) is { IsEnded: false } shown && flow.Context.Request.Query["seen"] == shown.Version.ToString(CultureInfo.InvariantCulture))
        {
            login = await HoldAsync(flow, login, shown, time);
        }

        var response = flow.Context.Response;
        PageRenderer.Protect(response);
        if (login is not null && OtherClient.IsUndecided(flow, login))
        {
            // The script asks again after a pause of its own.
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Describe(flow, login?.AsShown(flow.Logins.Now)), LoginStatusJson.Default.LoginStatusAnswer), flow.Aborted);
    }

    public static string Name(PendingLoginState state) => state switch
    {
        PendingLoginState.Starting => "sending",
        PendingLoginState.UserCodeNeeded => "user_code",
        PendingLoginState.Waiting => "waiting",
        PendingLoginState.Approved => "approved",
        PendingLoginState.Redeemed => "redeemed",
        PendingLoginState.Declined => "declined",
        PendingLoginState.Expired => "expired",
        PendingLoginState.Cancelled => "cancelled",
        PendingLoginState.Failed => "failed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <returns>The login as it stands then.</returns>
    private static async Task<PendingLogin?> HoldAsync(LoginFlow flow, PendingLogin login, PendingLogin shown, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(LongestHold(login, time.GetUtcNow()), time);
        var stopping = flow.Context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping, flow.Aborted);
        try
        {
            // A change that the page does not show wakes nobody.
            var changed = login;
            while (changed?.AsShown(flow.Logins.Now).Version == shown.Version)
            {
                await flow.Logins.WaitForChangeAsync(changed, either.Token);
                changed = await flow.FindLoginAsync();
            }

            return changed;
        }
        catch (OperationCanceledException)
        {
            // Nothing changed but the time, or nobody waits any more.
            return await flow.FindLoginAsync();
        }
    }

    // What is shown as waiting ends when its time does, and not by a change. A timer drops what is less than a millisecond.
    private static TimeSpan LongestHold(PendingLogin login, DateTimeOffset now) =>
        login.Details.ShownUntil is { } until && until - now < Hold ? TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (until - now).TotalMilliseconds))) : Hold;

    private static LoginStatusAnswer Describe(LoginFlow flow, PendingLogin? login) => login is null
        ? new LoginStatusAnswer("unknown", 0, null)
        : new LoginStatusAnswer(Name(login.State), login.Version, login.State == PendingLoginState.Waiting ? LoginPages.SecondsLeft(flow, login) : null);
}

internal sealed record LoginStatusAnswer(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LoginStatusAnswer))]
internal sealed partial class LoginStatusJson : JsonSerializerContext;
