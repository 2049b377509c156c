using System.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Diagnostics;

/// <summary>
/// One trace a login, from the challenge to the sign-in, over all the requests and nodes it passes by. Its context travels with the properties of the challenge, to the page and
/// into the record, and only where the trace is recorded: else nothing is carried and nothing is asked.
/// </summary>
internal static class LoginTrace
{
    public const string SourceName = "SsoCibaMethod";

    private const string ContextKey = ".ciba.trace";
    private const string MethodTag = "ciba.method";
    private const string LoginTag = "ciba.login";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins the trace, where a challenge does, and lets its login belong to it.</summary>
    public static Activity? BeginChallenge(string method, AuthenticationProperties properties)
    {
        // With the tags from the first, by which a sampler may choose.
        var span = IsOn ? Source.StartActivity("ciba challenge", ActivityKind.Internal, default(ActivityContext), [new(MethodTag, method)]) : null;
        Carry(properties, span);
        return span;
    }

    /// <summary>Begins a part of a login.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="method">The login's method.</param>
    /// <param name="reference">Its reference.</param>
    /// <param name="context">Its trace; without one the part belongs to the request that is served.</param>
    /// <returns>The span, to be disposed of; <see langword="null"/> where nobody listens.</returns>
    public static Activity? Begin(string name, string method, string reference, string? context)
    {
        if (!IsOn)
        {
            return null;
        }

        // The request that is served has a trace of its own, for a browser knows of none.
        var isTraced = ActivityContext.TryParse(context, null, isRemote: true, out var parent);
        var links = isTraced && Activity.Current is { } served ? new[] { new ActivityLink(served.Context) } : null;
        return Source.StartActivity(name, ActivityKind.Internal, parent, [new(MethodTag, method), new(LoginTag, reference)], links);
    }

    /// <summary>Begins a part of a login that is traced.</summary>
    /// <returns>The span, to be disposed of; <see langword="null"/> where nobody listens or the login is not traced.</returns>
    public static Activity? Begin(string name, PendingLogin login) => Of(login) is { } context ? Begin(name, login.Method, login.Reference, context) : null;

    /// <summary>Lets what follows belong to the trace.</summary>
    public static void Carry(AuthenticationProperties properties, Activity? span)
    {
        if (span is { Recorded: true })
        {
            properties.SetString(ContextKey, span.Id);
        }
    }

    public static string? In(AuthenticationProperties properties) => properties.GetString(ContextKey);

    /// <summary>Takes it away: a sign-in lasts longer than the login.</summary>
    public static void Drop(AuthenticationProperties properties) => properties.Items.Remove(ContextKey);

    /// <summary>A login's trace; <see langword="null"/> where nobody listens or it is not traced.</summary>
    public static string? Of(PendingLogin login) =>
        IsOn && login.Details.Properties is { Length: > 0 } properties && PropertiesSerializer.Default.Deserialize(properties) is { } read ? In(read) : null;
}
