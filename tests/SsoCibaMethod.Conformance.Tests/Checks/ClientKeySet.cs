using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>The client's key set as it publishes it (RFC 7517), checked as the suite checks it.</summary>
internal sealed class ClientKeySet
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>No key at all.</summary>
    public static readonly ClientKeySet None = new([]);

    private readonly IReadOnlyList<ClientKey> _keys;

    private ClientKeySet(IReadOnlyList<ClientKey> keys) => _keys = keys;

    public static ClientKeySet Read(JsonObject document, Findings findings)
    {
        var jwks = document["keys"]?.AsArray().OfType<JsonObject>().ToList() ?? [];
        findings.Require(jwks.Count > 0, "K-12", "the client's key set is empty");
        findings.Require(jwks.All(jwk => !PrivateMembers.Any(jwk.ContainsKey)), "K-12", "the client's key set holds private or symmetric material");
        var ids = jwks.ConvertAll(jwk => (string?)jwk["kid"]);
        findings.Require(ids.TrueForAll(id => !string.IsNullOrEmpty(id)) && ids.Distinct().Count() == ids.Count, "K-12", "keys of the client lack a kid, or share one");
        var keys = jwks.ConvertAll(ClientKey.Read);
        findings.Require(keys.TrueForAll(key => key is null || key.IsStrong), "K-12", "a key of the client is weaker than RSA 2048 or P-256");
        return new ClientKeySet([.. keys.OfType<ClientKey>()]);
    }

    /// <summary>The rules of a JWT the client signed, whatever it is for (K-9, K-10, F-6).</summary>
    public void CheckSignature(Jws jwt, IReadOnlyList<string> algorithms, string what, string rule, Findings findings)
    {
        findings.Require(algorithms.Contains(jwt.Header.Text("alg")), rule, $"{what}: alg {jwt.Header.Text("alg")} is not among those advertised");
        findings.Require(!jwt.Header.Has("crit"), rule, $"{what}: a critical header");
        findings.Require(!new[] { "jwk", "jku", "x5u", "x5c" }.Any(jwt.Header.Has), rule, $"{what}: brings its own key");
        var key = _keys.FirstOrDefault(one => one.Id == jwt.Header.Text("kid"));
        findings.Require(key is not null, rule, $"{what}: kid {jwt.Header.Text("kid")} is none of the client's");
        findings.Require(key is null || jwt.IsSignedBy(key), rule, $"{what}: the signature is wrong");
    }
}
