namespace SsoCibaMethod;

/// <summary>
/// What <see cref="Microsoft.AspNetCore.Authentication.RemoteAuthenticationEvents.OnRemoteFailure"/> gets as its failure. It is never thrown.
/// </summary>
/// <param name="messageKey">The key of the text the user is shown, for example <c>LOGIN_FAILED</c>.</param>
/// <param name="reference">The reference id, which the page shows and the log has too.</param>
/// <param name="innerException">The surprise behind it, if there was one.</param>
public sealed class CibaLoginException(string messageKey, string reference, Exception? innerException = null)
    : Exception($"The sign-in ended with {messageKey}; its reference is {reference}.", innerException)
{
    /// <summary>The key of the text the user is shown.</summary>
    public string MessageKey { get; } = messageKey;

    /// <summary>The reference id, which the page shows and the log has too.</summary>
    public string Reference { get; } = reference;
}
