using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        if (login is { IsEnded: false } && flow.Context.Request.Query["seen"] == login.Version.ToString(CultureInfo.InvariantCulture))
        {
            await HoldAsync(flow, login, time);
            login = await flow.FindLoginAsync();
        }

        var response = flow.Context.Response;
        PageRenderer.Protect(response);
        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Describe(flow, login), LoginStatusJson.Default.LoginStatusAnswer), flow.Aborted);
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

    private static async Task HoldAsync(LoginFlow flow, PendingLogin login, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Hold, time);
        var stopping = flow.Context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping, flow.Aborted);
        try
        {
            await flow.Logins.WaitForChangeAsync(login, either.Token);
        }
        catch (OperationCanceledException)
        {
            // Nothing changed, or nobody waits any more.
        }
    }

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
