namespace SsoCibaMethod.Conformance.Tests;

/// <summary>K-20 to K-24: the answer to the authentication request is unfit or an error; no poll must follow.</summary>
internal static class AcknowledgementModules
{
    public static IEnumerable<Module> All =>
    [
        new($"{Module.Prefix}invalid-missing-authreqid-test", new Play { Acknowledgement = answer => answer.Remove("auth_req_id") }),
        new($"{Module.Prefix}invalid-missing-expiresin-test", new Play { Acknowledgement = answer => answer.Remove("expires_in") }),
        new($"{Module.Prefix}invalid-unknown-user-id-test", new Play { Refusal = "unknown_user_id" }),
        new($"{Module.Prefix}invalid-expired-id-token-hint-test", new Play { Refusal = "expired_id_token_hint" }) { Profiles = [Variant.Brazil] },
        new($"{Module.Prefix}invalid-id-token-hint-test", new Play { Refusal = "invalid_id_token_hint" }) { Profiles = [Variant.Brazil] },
    ];
}
