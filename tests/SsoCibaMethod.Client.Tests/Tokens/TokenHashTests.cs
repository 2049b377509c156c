namespace SsoCibaMethod.Client.Tests;

[Trait("Spec", "T-14")]
public sealed class TokenHashTests
{
    private const string AccessToken = "YmJiZTAwYmYtMzgyOC00NzhkLTkyOTItNjJjNDM3MGYzOWIy9sFhvH8K_x8UIHj1osisS57f5DduL";
    private const string Sha512 = "p2LHG4H-8pYDc0hyVOo3iIHvZJUqe9tbj3jESOuXbkY";

    public static TheoryData<string, string> Vectors
    {
        get
        {
            var vectors = new TheoryData<string, string> { { "Ed25519", Sha512 } };
            foreach (var family in new[] { "RS", "PS", "ES", "HS" })
            {
                vectors.Add($"{family}256", "xsZZrUssMXjL3FBlzoSh2g");
                vectors.Add($"{family}384", "adt46pcdiB-l6eTNifgoVM-5AIJAxq84");
                vectors.Add($"{family}512", Sha512);
            }

            return vectors;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_published_vectors_fit(string algorithm, string hash) => Assert.True(TokenHash.Matches(hash, AccessToken, algorithm));

    [Theory]
    [InlineData("RS384", "xsZZrUssMXjL3FBlzoSh2g")]
    [InlineData("RS256", "xsZZrUssMXjL3FBlzoSh2g=")]
    [InlineData("RS256", "XSZZrUssMXjL3FBlzoSh2g")]
    [InlineData("RS256", "")]
    [InlineData("EdDSA", "xsZZrUssMXjL3FBlzoSh2g")]
    [InlineData("EdDSA", Sha512)]
    [InlineData("XY256", "xsZZrUssMXjL3FBlzoSh2g")]
    [InlineData("256", "xsZZrUssMXjL3FBlzoSh2g")]
    [InlineData("none", "")]
    [InlineData("", "")]
    public void Anything_else_does_not_fit(string algorithm, string hash) => Assert.False(TokenHash.Matches(hash, AccessToken, algorithm));

    [Theory]
    [InlineData("Ed448", 57)]
    [InlineData("ML-DSA-44", 32)]
    [InlineData("ML-DSA-65", 32)]
    [InlineData("ML-DSA-87", 32)]
    public void The_left_half_of_SHAKE256_fits_where_the_platform_has_it(string algorithm, int length)
    {
        var token = System.Text.Encoding.ASCII.GetBytes(AccessToken);
        var isSupported = System.Security.Cryptography.Shake256.IsSupported;
        var hash = isSupported ? TestToken.Encode(System.Security.Cryptography.Shake256.HashData(token, length)) : "";

        Assert.Equal(isSupported, TokenHash.Matches(hash, AccessToken, algorithm));
    }

    [Fact]
    public void A_token_that_is_not_ASCII_has_no_hash() =>
        Assert.False(TokenHash.Matches(TestToken.Encode(System.Security.Cryptography.SHA256.HashData("?"u8)[..16]), "é", "RS256"));
}
