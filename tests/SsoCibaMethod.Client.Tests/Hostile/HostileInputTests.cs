using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Whatever an OP, or somebody in its place, sends is answered by a value, never by an exception. A failure prints the seed that replays it.</summary>
[Trait("Spec", "K-50")]
[Trait("Spec", "K-52")]
public sealed class HostileInputTests
{
    private const int Cases = 20_000;

    private static readonly string[] Confidential = ["johndoe", "a", TestKeys.Secret];

    private static readonly ProviderMetadata Op = Provider.Metadata();

    [Fact]
    public void No_body_surprises_the_reader_of_acknowledgements()
    {
        var (fit, unfit) = (0, 0);
        Each(
            Mutation.Of("""{"auth_req_id":"1c266114","expires_in":120,"interval":2,"x":{"y":[1,"\u00e9"]}}""", """{"error":"unknown_user_id","error_description":"user johndoe"}"""),
            body =>
            {
                var answer = BackchannelAuthenticationResponseReader.Read(Received(body), Confidential);
                _ = answer is BackchannelAuthenticationResponse.Acknowledged ? fit++ : unfit++;
                if (answer is BackchannelAuthenticationResponse.Refused refused)
                {
                    AssertSafe(refused.Error);
                }
            });
        Assert.True(fit > Cases / 200 && unfit > Cases / 20, $"{fit} fit, {unfit} unfit");
    }

    [Fact]
    public void No_body_surprises_the_reader_of_token_answers()
    {
        var (fit, unfit) = (0, 0);
        Each(
            Mutation.Of(
                """{"access_token":"at","token_type":"Bearer","id_token":"e.y.J","refresh_token":"rt","expires_in":3600,"scope":"openid"}""",
                """{"error":"authorization_pending","error_description":"wait, \u00e9"}"""),
            body =>
            {
                var answer = TokenResponseReader.Read(Received(body), Confidential);
                _ = answer is TokenResponse.Granted ? fit++ : unfit++;
                if (answer is TokenResponse.Refused refused)
                {
                    AssertSafe(refused.Error);
                }
            });
        Assert.True(fit > Cases / 200 && unfit > Cases / 20, $"{fit} fit, {unfit} unfit");
    }

    [Fact]
    public void No_text_surprises_the_validator_and_none_but_the_good_one_is_valid()
    {
        var good = new TestToken().Sign();
        var validator = Provider.Validator("PS256", "ES256", "HS256");
        Each(Mutation.Of(good), bytes =>
        {
            var token = Encoding.Latin1.GetString(bytes);
            var result = validator.Validate(Stage.Tokens(token), Stage.Expectation, Op);
            Assert.True(result is IdTokenResult.Invalid || SaysTheSame(token, good), token);
        });
    }

    [Fact]
    public void No_claims_surprise_the_validator_though_the_OP_signed_them()
    {
        var token = new TestToken().With("at_hash", "x").With("nbf", TestToken.At(TimeSpan.Zero)).With("acr", "high").With("azp", TestToken.ClientId);
        var header = """{"alg":"HS256","typ":"JWT","kid":"x"}""";
        var validator = Provider.Validator("HS256");
        var signer = Signer.For("HS256", Encoding.UTF8.GetBytes(TestKeys.Secret));
        Each(Mutation.Of(header, token.Claims.ToJsonString()), bytes =>
        {
            var isHeader = bytes.AsSpan().StartsWith("{\"alg"u8);
            var first = isHeader ? bytes : Encoding.UTF8.GetBytes(header);
            var second = isHeader ? Encoding.UTF8.GetBytes(token.Claims.ToJsonString()) : bytes;
            var signed = $"{TestToken.Encode(first)}.{TestToken.Encode(second)}";

            _ = validator.Validate(Stage.Tokens($"{signed}.{TestToken.Encode(signer(Encoding.ASCII.GetBytes(signed)))}"), Stage.Expectation, Op);
        });
    }

    [Fact]
    public void No_document_surprises_the_reader_of_metadata()
    {
        using var op = new FakeOp();
        var settings = new ProviderMetadataSettings { Client = new CibaClientSettings { ClientId = "c", Authentication = new ClientSecretPost("s") }, MetadataFile = "x" };
        Each(Mutation.Of(op.Metadata.ToJsonString()), bytes =>
        {
            if (ProviderMetadataReader.Parse(bytes) is { } document)
            {
                _ = new ProviderMetadataReader(settings).Check(document, []);
            }
        });
        Each(Mutation.Of(TestKeys.OfTheOp(), TestKeys.Set(TestKeys.Jwk(TestKeys.P256, "k"))), bytes => _ = ProviderMetadataReader.ParseKeys(bytes), Cases / 4);
    }

    private static void Each(Gen<byte[]> inputs, Action<byte[]> check, int cases = Cases) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20260302, 1),
        Prop.ForAll(Arb.From(inputs), check));

    private static BackchannelAnswer.Received Received(byte[] body) => new(body.Length % 2 == 0 ? 200 : 400 - (200 * (body.Length % 3 / 2)), IsJson: true, body, RetryAfter: null);

    private static void AssertSafe(CibaError error)
    {
        Assert.InRange(error.Name.Length, 0, 64);
        Assert.All($"{error}", character => Assert.InRange(character, ' ', '~'));
    }

    // Base64url leaves bits of the last character unused, so two spellings can be one signature.
    private static bool SaysTheSame(string token, string good) => token.Length == good.Length && token[..^1] == good[..^1];
}
