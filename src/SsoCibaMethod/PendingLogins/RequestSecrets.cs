using SsoCibaMethod.Client;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod.PendingLogins;

/// <summary>What goes to the OP with one request and is stored nowhere.</summary>
/// <param name="NotificationToken">What the OP proves itself with when it calls; <see langword="null"/> in poll mode.</param>
/// <param name="UserCode">What the user typed.</param>
internal sealed record RequestSecrets(string? NotificationToken, string? UserCode)
{
    public string? NotificationTokenHash => NotificationToken is { } token ? SecretHash.Of(token) : null;

    public static RequestSecrets For(CibaMethod method, string? userCode = null) => new(
        method.Options.TokenDeliveryMode == TokenDeliveryMode.Poll ? null : BackchannelAuthenticationRequest.CreateNotificationToken(), userCode);

    public override string ToString() => nameof(RequestSecrets);
}
