using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-25 to K-27: the third poll is answered with an error that ends the login; none must follow.</summary>
internal static class TokenAnswerModules
{
    public static IEnumerable<Module> All =>
    [
        ThirdPoll("invalid-request-test", "invalid_request", MessageKeys.LoginFailed),
        ThirdPoll("invalid-access-denied-test", "access_denied", MessageKeys.LoginCancel),
        ThirdPoll("invalid-expired-token-test", "expired_token", MessageKeys.LoginExpired),
    ];

    private static Module ThirdPoll(string name, string error, string notice) =>
        new(Module.Prefix + name, new Play { PollErrors = new Dictionary<int, string> { [3] = error } }) { Modes = [Variant.Poll], Notice = notice };
}
