using System.Text;

namespace SsoCibaMethod.Client.Tests.Responses;

/// <summary>The short way to "pending" knows nothing that the long way does not.</summary>
[Trait("Spec", "C-68")]
public class PendingAnswerTests
{
    [Theory]
    [InlineData("""{"error":"authorization_pending"}""")]
    [InlineData(""" { "error" : "authorization_pending" } """)]
    [InlineData("""{"error_description":"The user has not decided yet.","error":"authorization_pending"}""")]
    [InlineData("""{"error":"authorization_pending","error_description":null,"retry":5,"more":true}""")]
    [InlineData("""{"error":"authorization\u005fpending"}""")]
    [InlineData("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"error":"authorization_pending"}""")]
    public void A_plain_answer_takes_it(string json)
    {
        Assert.True(PendingAnswer.Is(Encoding.UTF8.GetBytes(json)));
        Assert.Equal("authorization_pending", LongWay(json));
    }

    [Theory]
    [InlineData("""{"error":"authorization_pending","error":"authorization_pending"}""", null)]
    [InlineData("""{"error":"authorization_pending","error":"access_denied"}""", null)]
    [InlineData("""{"error":"access_denied","error":"authorization_pending"}""", null)]
    [InlineData("""{"x":1,"x":1,"error":"authorization_pending"}""", null)]
    [InlineData("""{"error":"authorization_pending"} {}""", null)]
    [InlineData("""{"error":"authorization_pending"}x""", null)]
    [InlineData("""{"error":"authorization_pending",}""", null)]
    [InlineData("""{"error":"authorization_pending" """, null)]
    [InlineData("""["error","authorization_pending"]""", null)]
    [InlineData("""{"error":"slow_down"}""", "slow_down")]
    [InlineData("""{"error":"Authorization_Pending"}""", "Authorization_Pending")]
    [InlineData("""{"error":null}""", "")]
    [InlineData("""{"error":{"error":"authorization_pending"}}""", "")]
    [InlineData("""{"data":{"error":"authorization_pending"}}""", null)]
    [InlineData("""{"access_token":"a"}""", null)]
    [InlineData("", null)]
    public void What_is_not_pending_does_not_take_it(string json, string? error)
    {
        Assert.False(PendingAnswer.Is(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(error, LongWay(json));
    }

    [Theory]
    [InlineData("""{"\u0065rror":"authorization_pending"}""")]
    [InlineData("""{"error":"authorization_pending","more":{"retry":5}}""")]
    [InlineData("""{"error":"authorization_pending","more":[]}""")]
    [InlineData("""{"ä":1,"error":"authorization_pending"}""")]
    [InlineData("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"error":"authorization_pending"}""")]
    public void What_is_less_plain_is_pending_by_the_long_way(string json)
    {
        Assert.False(PendingAnswer.Is(Encoding.UTF8.GetBytes(json)));
        Assert.Equal("authorization_pending", LongWay(json));
    }

    private static string? LongWay(string json) => new BackchannelAnswer.Received(400, "application/json", Encoding.UTF8.GetBytes(json), RetryAfter: null).ErrorMembers()?.Code;
}
