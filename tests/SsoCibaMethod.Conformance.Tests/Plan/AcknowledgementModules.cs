using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-20 to K-24: the answer to the authentication request is unfit or an error; no poll must follow.</summary>
internal static class AcknowledgementModules
{
    public static IEnumerable<Module> All =>
    [
        Request("invalid-missing-authreqid-test", new Play { Acknowledgement = answer => answer.Remove("auth_req_id") }),
        Request("invalid-missing-expiresin-test", new Play { Acknowledgement = answer => answer.Remove("expires_in") }),
        Request("invalid-unknown-user-id-test", new Play { Refusal = "unknown_user_id" }) with { Notice = MessageKeys.UserNotFound },
        Request("invalid-expired-id-token-hint-test", new Play { Refusal = "expired_id_token_hint" }) with { Profiles = [Variant.Brazil] },
        Request("invalid-id-token-hint-test", new Play { Refusal = "invalid_id_token_hint" }) with { Profiles = [Variant.Brazil] },
    ];

    private static Module Request(string name, Play play) => new(Module.Prefix + name, play) { Notice = MessageKeys.LoginFailed };
}
