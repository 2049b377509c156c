using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Whatever a host puts into a request, and whatever lies on its disk, is sent as it is or refused as documented. A failure prints the seed that replays it.</summary>
[Trait("Spec", "K-52")]
public sealed class HostileRequestTests : IDisposable
{
    private const int Cases = 3_000;

    private static readonly RequestSigning Signing = new(new SigningCredentials(new ECDsaSecurityKey(TestKeys.P256), "ES256"));
    private static readonly Type[] DocumentedForFiles = [typeof(CryptographicException), typeof(IOException)];

    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-hostile-").FullName;

    [Fact]
    [Trait("Spec", "C-30")]
    public void A_parameter_of_any_JSON_arrives_as_it_was_signed_or_plain_or_is_refused()
    {
        var (sent, refused) = (0, 0);
        Each("parameters", random => Mutation.Of(random, """{"a":[1,2.50,"\u00e9+&=%",{"b":null}],"type":"x"}""", """[{"type":"payment","amount":"1"}]""", "\"some text\"", "1e3"), bytes =>
        {
            if (Parse(bytes) is not { } json)
            {
                return;
            }

            var request = new BackchannelAuthenticationRequest { LoginHint = "johndoe", Parameters = new Dictionary<string, JsonNode?> { ["x"] = json }, AuthorizationDetails = (json as JsonArray)?.DeepClone().AsArray() };
            try
            {
                RequestCheck.ThrowIfUnfit(request, TokenDeliveryMode.Poll);
            }
            catch (ArgumentException)
            {
                refused++;
                return;
            }

            sent++;
            var member = RequestMembers.Of(request, ["openid"], userCodeSupported: false).SingleOrDefault(one => one.Name == "x");
            if (member is null)
            {
                Assert.Equal("", json.GetValue<string>());
                return;
            }

            var form = new FormParameters();
            member.AddTo(form);
            using var content = form.ToContent(TimeProvider.System);
            var plain = Uri.UnescapeDataString(content.ReadAsStringAsync().GetAwaiter().GetResult()["x=".Length..]);
            var signed = SentJwt.Parse(RequestObject.Create([member], Signing, "c", FakeOp.Issuer, TestToken.Now)).Claims.GetProperty("x");
            Assert.Equal(RequestMember.Text(json), plain);
            Assert.True(signed.GetRawText() == json.ToJsonString() || JsonNode.DeepEquals(json, JsonNode.Parse(signed.GetRawText())), plain);
        });
        Assert.True(sent > Cases / 20 && refused > 0, $"{sent} sent, {refused} refused");
    }

    [Fact]
    [Trait("Spec", "C-13")]
    public void No_notification_token_is_sent_but_one_of_the_right_form() => Each("notification tokens", random => Mutation.Of(random, "0123456789-._~+/abcdef==", "b5e2ab3b42dd4f3c8c43b1ae5a7e4f52"), bytes =>
    {
        var token = Encoding.Latin1.GetString(bytes);
        var isFit = token.Length is >= 22 and <= 1024
            && token.TrimEnd('=') is { Length: > 0 } core && core.All(letter => char.IsAsciiLetterOrDigit(letter) || "-._~+/".Contains(letter, StringComparison.Ordinal));

        var refused = Record.Exception(() => RequestCheck.ThrowIfUnfit(new BackchannelAuthenticationRequest { LoginHint = "a", ClientNotificationToken = token }, TokenDeliveryMode.Ping));

        Assert.Equal(isFit, refused is null);
        Assert.True(refused is null or ArgumentException);
    });

    [Fact]
    [Trait("Spec", "T-43")]
    public void No_alias_but_an_https_address_is_ever_called()
    {
        using var op = new FakeOp();
        op.Metadata["mtls_endpoint_aliases"] = new JsonObject { ["token_endpoint"] = "https://mtls.op.example/token", ["backchannel_authentication_endpoint"] = "https://mtls.op.example/bc" };
        op.Metadata["dpop_signing_alg_values_supported"] = new JsonArray("ES256");
        op.Metadata["backchannel_authentication_request_signing_alg_values_supported"] = new JsonArray("ES256");
        var settings = new ProviderMetadataSettings
        {
            Client = new CibaClientSettings { ClientId = "c", Authentication = new TlsClientAuth(), RequestSigning = Signing, DPoP = DPoPKey.Create() },
            MetadataFile = "x",
        };
        var usable = 0;
        Each("aliases", random => Mutation.Of(random, op.Metadata.ToJsonString()), bytes =>
        {
            if (ProviderMetadataReader.Parse(bytes) is { } document && new ProviderMetadataReader(settings).Check(document, []) is ProviderMetadataResult.Usable { Metadata: var metadata })
            {
                usable++;
                Assert.All([metadata.TokenEndpoint, metadata.BackchannelAuthenticationEndpoint], address => Assert.True(EndpointAddress.IsAllowed(address)));
            }
        });
        Assert.True(usable > Cases / 200, $"{usable} usable");
    }

    [Fact]
    [Trait("Spec", "T-62")]
    public void No_nonce_breaks_the_header_or_the_proof()
    {
        var key = DPoPKey.Create();
        Each("nonces", random => Mutation.Of(random, "eyJ7S_zG.eyJH0-Z.HX4w-7v"), bytes =>
        {
            var nonces = new DPoPNonces();
            var endpoint = new Uri("https://op.example/token");
            var kept = nonces.Keep(endpoint, new BackchannelAnswer.Received(400, "application/json", default, RetryAfter: null) { DPoPNonce = Encoding.Latin1.GetString(bytes) });

            var proof = SentJwt.Parse(key.CreateProof(endpoint, nonces.Of(endpoint)));

            Assert.Equal(kept, proof.Claims.TryGetProperty("nonce", out var nonce) && nonce.GetString() == Encoding.Latin1.GetString(bytes));
        });
    }

    [Fact]
    [Trait("Spec", "S-54")]
    public void No_key_certificate_or_trust_file_surprises_its_reader()
    {
        var certificate = new TestCertificates().ForClient();
        var pem = TestCertificates.Pem(certificate) + TestCertificates.KeyPem(certificate);
        var key = certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey();
        var pfx = certificate.Export(X509ContentType.Pfx);
        var path = Path.Combine(_folder, "file");
        Each(
            "PEM files",
            random => Mutation.Of(random, pem),
            bytes => Read(path, bytes),
            Cases / 5);
        Each(
            "keys in PEM files",
            random => Encoding.ASCII.GetBytes(TestCertificates.Pem(certificate) + PemEncoding.WriteString("PRIVATE KEY", OneByteOff(random, key))),
            bytes => Read(path, bytes),
            Cases / 5);
        Each(
            "JWK files",
            random => Mutation.Of(random, TestKeys.PrivateJwk(TestKeys.P256, "ec").ToJsonString(), TestKeys.PrivateJwk(TestKeys.Rsa, "rsa").ToJsonString()),
            bytes => Read(path, bytes),
            Cases / 5);
        Each(
            "PFX files",
            random => OneByteOff(random, pfx),
            bytes => Read(path, bytes),
            Cases / 20);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] OneByteOff(FuzzRandom random, byte[] good)
    {
        var bytes = good.ToArray();
        bytes[random.Below(bytes.Length)] ^= (byte)(1 + random.Below(255));
        return bytes;
    }

    private static void Read(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        foreach (var read in new Action[]
        {
            () => ClientCertificateReader.Read(path, null, null), () => TrustedRoots.Read(path), () => PrivateKeyFile.Load(path, "ES256"), () => DecryptionKeyFile.Load(path),
        })
        {
            var surprise = Record.Exception(read);
            Assert.True(surprise is null || DocumentedForFiles.Any(documented => documented.IsInstanceOfType(surprise)), surprise?.ToString());
        }
    }

    private static JsonNode? Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Each(string kind, Func<FuzzRandom, byte[]> make, Action<byte[]> check, int cases = Cases) => FuzzedInput.Each(kind, cases, make, check);
}
