using System.Text;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What is let through says one thing, and can be written again (RFC 7493 §2).</summary>
[Trait("Spec", "K-52")]
public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("""{"a":"é \u00e9 \ud83d\ude00 \\ud800","b":[1e400,-0,{"c":null}]}""")]
    [InlineData(" [\"\\u0000\"]\n")]
    public void Good_JSON_is_read(string json)
    {
        using var document = StrictJson.TryParse(Encoding.UTF8.GetBytes(json));

        Assert.NotNull(document);
    }

    // As Latin-1, so that bytes that are no UTF-8 can be written down.
    [Theory]
    [InlineData("{\"a\":\"\xff\"}")]
    [InlineData("{\"a\":[\"caf\xe9\"]}")]
    [InlineData("{\"\xed\xa0\x80\":1}")]
    [InlineData("{\"a\":\"\xc0\x80\"}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":{\"b\":[\"\\udc00\\ud800\"]}}")]
    [InlineData("{\"a\":{\"\\ud800\":1}}")]
    [InlineData("{\"a\":{\"b\":1,\"\\u0062\":2}}")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("")]
    public void What_is_no_text_or_says_two_things_is_not(string json) => Assert.Null(StrictJson.TryParse(Encoding.Latin1.GetBytes(json)));
}
