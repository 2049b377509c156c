namespace SsoCibaMethod.Client.Tests;

/// <summary>A compact JWS is taken apart, and nothing of it believed.</summary>
public sealed class CompactJwtTests
{
    private const string Header = "eyJhbGciOiJub25lIn0";
    private const string Payload = "eyJzdWIiOiJ4In0";

    [Fact]
    public void The_three_parts_come_out_as_they_were_written()
    {
        using var token = CompactJwt.TryParse($"{Header}.{Payload}.AQID")!;

        Assert.Equal(("none", "x"), (ClaimValue.Text(token.Header, "alg"), ClaimValue.Text(token.Payload, "sub")));
        Assert.Equal($"{Header}.{Payload}", System.Text.Encoding.ASCII.GetString(token.Signed));
        Assert.Equal([1, 2, 3], token.Signature);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(Header)]
    [InlineData($"{Header}.{Payload}")]
    [InlineData($".{Payload}.AQID")]
    [InlineData($"{Header}..AQID")]
    [InlineData($"{Header}.{Payload}.AQID.AQID")]
    [InlineData($"{Header}.{Payload}.A")]
    [InlineData($"{Header}.{Payload}.AQI=")]
    [InlineData($"{Header}.{Payload}.AQ+/")]
    public void Anything_else_is_none(string text) => Assert.Null(CompactJwt.TryParse(text));

    // "{}" and "{} ", before a signature that is as long in both.
    [Theory]
    [InlineData("e30", true)]
    [InlineData("e30g", false)]
    public void One_that_is_longer_than_any_that_means_well_is_not_even_read(string payload, bool isRead)
    {
        using var token = CompactJwt.TryParse($"e30.{payload}.{new string('A', CompactJwt.MaximumLength - "e30.e30.".Length)}");

        Assert.Equal(isRead, token is not null);
    }

    [Fact]
    public void Once_disposed_of_nothing_of_it_can_be_read()
    {
        var token = CompactJwt.TryParse($"{Header}.{Payload}.AQID")!;
        var (header, payload) = (token.Header, token.Payload);

        token.Dispose();

        Assert.Throws<ObjectDisposedException>(() => header.ValueKind);
        Assert.Throws<ObjectDisposedException>(() => payload.ValueKind);
    }
}
