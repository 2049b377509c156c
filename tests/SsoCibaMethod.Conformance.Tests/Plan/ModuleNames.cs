namespace SsoCibaMethod.Conformance.Tests;

/// <summary>
/// The modules of the plan <c>fapi-ciba-id1-client-test-plan</c> of the OpenID conformance suite, by their full names and in its order:
/// the list that the handlers are held against.
/// </summary>
internal static class ModuleNames
{
    public static readonly IReadOnlyList<string> All =
    [
        "fapi-ciba-id1-client-test",
        "fapi-ciba-id1-client-refresh-token-test",
        "fapi-ciba-id1-client-valid-aud-as-array-test",
        "fapi-ciba-id1-client-no-scope-in-token-endpoint-response-test",
        "fapi-ciba-id1-client-respects-interval-test",
        "fapi-ciba-id1-client-slow-down-test",
        "fapi-ciba-id1-client-invalid-missing-authreqid-test",
        "fapi-ciba-id1-client-invalid-missing-expiresin-test",
        "fapi-ciba-id1-client-invalid-expired-id-token-hint-test",
        "fapi-ciba-id1-client-invalid-unknown-user-id-test",
        "fapi-ciba-id1-client-invalid-id-token-hint-test",
        "fapi-ciba-id1-client-invalid-request-test",
        "fapi-ciba-id1-client-invalid-access-denied-test",
        "fapi-ciba-id1-client-invalid-expired-token-test",
        "fapi-ciba-id1-client-invalid-iss-test",
        "fapi-ciba-id1-client-invalid-aud-test",
        "fapi-ciba-id1-client-invalid-secondary-aud-test",
        "fapi-ciba-id1-client-invalid-signature-test",
        "fapi-ciba-id1-client-invalid-null-alg-test",
        "fapi-ciba-id1-client-invalid-alternate-alg-test",
        "fapi-ciba-id1-client-invalid-expired-exp-test",
        "fapi-ciba-id1-client-invalid-iat-is-week-in-past-test",
        "fapi-ciba-id1-client-invalid-missing-aud-test",
        "fapi-ciba-id1-client-invalid-missing-exp-test",
        "fapi-ciba-id1-client-invalid-missing-iss-test",
        "fapi-ciba-id1-client-connectid-invalid-missing-txn-test",
        "fapi-ciba-id1-client-connectid-invalid-missing-trust-framework-test",
        "fapi-ciba-id1-client-connectid-invalid-wrong-trust-framework-test",
        "fapi-ciba-id1-client-ping-with-invalid-bearer-token-test",
    ];
}
