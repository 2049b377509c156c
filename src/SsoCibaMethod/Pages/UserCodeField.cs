using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Messages;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>The user code beside the hint: with the uniform outcome nobody may be asked for it later, for that would tell that there is such a user.</summary>
internal static class UserCodeField
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public static async Task<bool> IsShownAsync(LoginFlow flow)
    {
        if (!flow.Options.UniformOutcome || !flow.Method.IsOpen)
        {
            return false;
        }

        try
        {
            return await LoginStarter.MayAskForUserCodeAsync(flow.Method).WaitAsync(LongestWait, flow.Context.RequestServices.GetRequiredService<TimeProvider>(), flow.Aborted);
        }
        catch (TimeoutException)
        {
            // The OP does not even tell its metadata: nothing can be sent to it either.
            return false;
        }
    }

    /// <summary>What was typed there, if anything, or the key of what is wrong with it.</summary>
    public static async Task<(string? UserCode, string? FaultKey)> ReadAsync(LoginFlow flow)
    {
        var typed = await flow.FieldAsync("user_code");
        if (string.IsNullOrWhiteSpace(typed) || !await IsShownAsync(flow))
        {
            return default;
        }

        var userCode = LoginInput.Read(typed, LoginInput.MaximumUserCode, MessageKeys.UserCodeMissing, MessageKeys.UserCodeUnfit, out var fault);
        return (userCode, fault);
    }
}
