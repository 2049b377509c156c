using SsoCibaMethod.Messages;

namespace SsoCibaMethod;

/// <summary>
/// What is known of an OP by its name, so that nobody has to find it out by a failed login. A profile fills only what nobody set. An OP for which the defaults
/// do is listed too: its name is then no fault, and says that it was thought of.
/// </summary>
internal static class ProviderProfiles
{
    private const string InvalidRequest = "invalid_request";

    private static readonly IReadOnlyDictionary<string, Action<CibaOptions>> All = new Dictionary<string, Action<CibaOptions>>(StringComparer.OrdinalIgnoreCase)
    {
        // Wants the structured hint, and has no user code.
        ["auth0"] = options =>
        {
            options.LoginHint.FormatSet ??= CibaLoginHintFormat.IssuerAndSubject;
            options.UserCodeSet ??= false;
        },

        // Calls a user it does not know an invalid request.
        ["cidaas"] = options => _ = options.ErrorTexts.TryAdd(InvalidRequest, MessageKeys.UserNotFound),

        // Long lifetimes and long binding messages: our own limits hold.
        ["curity"] = _ => { },

        // 300 seconds, each 5: our own defaults.
        ["duende"] = _ => { },

        // Takes 1 to 50 of A-Z a-z 0-9 - . _ + / ! ? # as a binding message, no space; calls a user it does not know, and any user code, an invalid request.
        ["keycloak"] = options =>
        {
            options.BindingMessage.CodeOnlySet ??= true;
            options.UserCodeSet ??= false;
            _ = options.ErrorTexts.TryAdd(InvalidRequest, MessageKeys.UserNotFound);
        },

        // Wants client_id inside and outside a signed request, where it always is.
        ["pingfederate"] = _ => { },

        // Poll alone, never held.
        ["pingone"] = _ => { },

        // What its CIBA method does as a client, so that an OP made for it is met as it expects.
        ["ubisecure"] = _ => { },
    };

    /// <summary>The names there are.</summary>
    public static string Names => string.Join(", ", All.Keys);

    /// <summary>Fills what a method's profile knows and nobody set.</summary>
    public static void Fill(CibaOptions options)
    {
        if (options.Profile is not { } name)
        {
            return;
        }

        if (All.TryGetValue(name, out var fill))
        {
            fill(options);
        }
        else
        {
            options.BindingFaults.Add($"Profile is \"{name}\"; write {Names}, or leave it out.");
        }
    }
}
