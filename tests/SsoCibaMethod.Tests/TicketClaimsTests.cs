using System.Buffers.Text;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SsoCibaMethod.Tests;

/// <summary>The claims of a ticket are those that every handler of the framework makes of the same ID token.</summary>
public class TicketClaimsTests
{
    private const string Issuer = "https://op.example";

    [Theory]
    [InlineData("""{"iss":"https://op.example","sub":"user-1","aud":"app","exp":1772445900,"iat":1772445599.5,"nbf":1.7724e9,"auth_time":1772445600}""")]
    [InlineData("""{"iss":"https://op.example","aud":["app","b"],"amr":["otp",1,2.5,true,null,[1,"a"],{"a": 1}],"empty":[]}""")]
    [InlineData("""{"iss":"https://op.example","a":true,"b":false,"c":null,"d":{"e":[1, 2]},"f":9223372036854775807,"g":1e29,"h":-0.0,"i":1e400}""")]
    [InlineData("""{"iss":"https://op.example","name":"John D\u00f6e","when":"2026-03-02T10:00:00Z","":"","n":1.0}""")]
    public void They_are_those_of_the_library(string content)
    {
        var token = new JsonWebToken($"{Base64Url.EncodeToString("{\"alg\":\"none\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content))}.");
        using var json = JsonDocument.Parse(content);

        Assert.Equal(token.Claims.OrderByDescending(claim => claim.Type == "sub").Select(Text), TicketClaims.Of(json.RootElement, Issuer).Select(Text));
    }

    // The library's reader throws at each of these.
    [Theory]
    [InlineData("""{"iss":"https://op.example","jti":5}""", "5")]
    [InlineData("""{"iss":"https://op.example","jti":{}}""", "{}")]
    public void And_there_are_some_where_the_library_has_none(string content, string value)
    {
        using var json = JsonDocument.Parse(content);

        Assert.Equal(value, Assert.Single(TicketClaims.Of(json.RootElement, Issuer), claim => claim.Type == "jti").Value);
    }

    [Theory]
    [InlineData("""{"Sub":"eve","iss":"https://op.example","sub":"user-1"}""")]
    [InlineData("""{"SUB":["eve"],"nameid":"eve","iss":"https://op.example","sub":"user-1"}""")]
    public void No_other_claim_stands_before_the_subject(string content)
    {
        using var json = JsonDocument.Parse(content);

        var user = new ClaimsPrincipal(new ClaimsIdentity(TicketClaims.Of(json.RootElement, Issuer)));

        Assert.Equal("user-1", user.FindFirstValue("sub"));
    }

    private static string Text(Claim claim) => $"{claim.Type}={claim.Value} {claim.ValueType} {claim.Issuer} {claim.OriginalIssuer}";
}
