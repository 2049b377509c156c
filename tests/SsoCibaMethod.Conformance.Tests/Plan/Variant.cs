namespace SsoCibaMethod.Conformance.Tests;

/// <summary>One way to run the plan, in the suite's own words.</summary>
/// <param name="Profile"><c>fapi_ciba_profile</c>: <c>plain_fapi</c>, <c>openbanking_brazil</c> or <c>connectid_au</c>.</param>
/// <param name="Mode"><c>ciba_mode</c>: <c>poll</c> or <c>ping</c>.</param>
/// <param name="Authentication"><c>client_auth_type</c>: <c>private_key_jwt</c> or <c>mtls</c>.</param>
internal sealed record Variant(string Profile, string Mode, string Authentication)
{
    public const string Plain = "plain_fapi";
    public const string Brazil = "openbanking_brazil";
    public const string ConnectId = "connectid_au";
    public const string Poll = "poll";
    public const string Ping = "ping";
    public const string PrivateKeyJwt = "private_key_jwt";
    public const string Mtls = "mtls";

    /// <summary>All the plan can be run in; <c>openbanking_uk</c> is <c>plain_fapi</c> under another name.</summary>
    public static readonly IReadOnlyList<Variant> All =
    [
        new(Plain, Poll, PrivateKeyJwt),
        new(Plain, Poll, Mtls),
        new(Plain, Ping, PrivateKeyJwt),
        new(Plain, Ping, Mtls),
        new(Brazil, Ping, PrivateKeyJwt),
        new(ConnectId, Poll, PrivateKeyJwt),
    ];

    public bool IsPing => Mode == Ping;

    public bool IsMtls => Authentication == Mtls;

    /// <summary>How the client signs: PS256 where the profile insists on it (Brazil, ConnectID) and in the mTLS variants, ES256 else, so that both are played.</summary>
    public string SigningAlgorithm => Profile == Plain && !IsMtls ? "ES256" : "PS256";

    public static Variant Parse(string text) => text.Split(' ') is [var profile, var mode, var authentication]
        ? new(profile, mode, authentication)
        : throw new FormatException(text);

    public override string ToString() => $"{Profile} {Mode} {Authentication}";
}
