using System.Text.Json.Nodes;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Discovery documents (OpenID Connect Discovery §4.3, CIBA Core §4). Accepted: usable, which only one of the expected issuer with addresses of https is.</summary>
internal sealed class MetadataFuzz() : FuzzKind<byte[], ProviderMetadataResult?>("discovery documents", 50)
{
    private const int LargestDocument = 256 * 1024;

    private static readonly string[] Good = Create();

    private readonly ProviderMetadataSettings _settings = new()
    {
        Client = new CibaClientSettings
        {
            ClientId = "c",
            Authentication = new TlsClientAuth(),
            DPoP = DPoPKey.Create(),
            IdTokenDecryption = Decryptions.All,
            IdTokenSigningAlgorithms = GoodTokens.Algorithms,
        },
        MetadataFile = "x",
        ExpectedIssuer = FakeOp.Issuer,
    };

    // The library tells of a document that it cannot read by an exception with the whole of it inside, several times.
    protected override long BytesEach => 80;

    protected override byte[] Make(FuzzRandom random) => Mutation.Of(random, Good);

    protected override ValueTask<ProviderMetadataResult?> TakeAsync(byte[] answer) =>
        ValueTask.FromResult(ProviderMetadataReader.Parse(answer) is { } document ? new ProviderMetadataReader(_settings).Check(document, []) : null);

    protected override FuzzVerdict Judge(byte[] answer, ProviderMetadataResult? result)
    {
        if (result is not ProviderMetadataResult.Usable { Metadata: var metadata })
        {
            return new(IsAccepted: false, Good.Any(good => answer.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(good))) ? "refused, though good" : null);
        }

        Uri?[] addresses = [metadata.TokenEndpoint, metadata.BackchannelAuthenticationEndpoint, metadata.UserInfoEndpoint, metadata.NamedTokenEndpoint, metadata.NamedBackchannelAuthenticationEndpoint];
        return new(IsAccepted: true, metadata.Issuer.TrimEnd('/') != FakeOp.Issuer ? "another issuer than expected" : addresses.OfType<Uri>().All(IsSafe) ? null : "an address that must not be called");
    }

    protected override int Size(byte[] answer) => Math.Min(answer.Length, LargestDocument);

    protected override string Describe(byte[] answer) => FuzzText.Of(answer);

    private static bool IsSafe(Uri address) =>
        address.AbsoluteUri.StartsWith("https://", StringComparison.Ordinal) && !address.Authority.Contains('@') && !address.AbsoluteUri.Contains('#');

    private static string[] Create()
    {
        using var op = new FakeOp();
        var plain = op.Metadata.ToJsonString();
        op.Metadata["userinfo_endpoint"] = $"{FakeOp.Issuer}/userinfo";
        op.Metadata["mtls_endpoint_aliases"] = new JsonObject
        {
            ["token_endpoint"] = "https://mtls.op.example/token",
            ["backchannel_authentication_endpoint"] = "https://mtls.op.example/bc",
            ["userinfo_endpoint"] = "https://mtls.op.example/userinfo",
        };
        op.Metadata["dpop_signing_alg_values_supported"] = new JsonArray("ES256");
        op.Metadata["id_token_signing_alg_values_supported"] = new JsonArray("PS256", "RS256");
        op.Metadata["id_token_encryption_alg_values_supported"] = new JsonArray("RSA-OAEP-256");
        op.Metadata["token_endpoint_auth_methods_supported"] = new JsonArray("tls_client_auth", "private_key_jwt");
        op.Metadata["backchannel_user_code_parameter_supported"] = true;
        return [op.Metadata.ToJsonString(), op.Metadata.ToJsonString(), plain];
    }
}
