using System.Text;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Bodies that break a rule tell nothing; the fault names the member and repeats no value.</summary>
[Trait("Spec", "K-53")]
[Trait("Spec", "K-54")]
public sealed class BadNotificationTests
{
    private const string Canary = "canary-7f3a";

    /// <summary>Bodies that are bad in both modes: JSON and the <c>auth_req_id</c>.</summary>
    public static TheoryData<string, string> Anywhere => new()
    {
        { "well-formed", "" },
        { "well-formed", " " },
        { "well-formed", "{" },
        { "well-formed", """{"auth_req_id":"canary-7f3a"}}""" },
        { "well-formed", """{"auth_req_id":"canary-7f3a",}""" },
        { "well-formed", """{'auth_req_id':'canary-7f3a'}""" },
        { "well-formed", "auth_req_id=canary-7f3a" },
        { "well-formed", "<html>canary-7f3a</html>" },
        { "well-formed", """{"auth_req_id":"canary-7f3a"} {}""" },
        { "well-formed", """{"auth_req_id":"canary-7f3a"/**/}""" },
        { "well-formed", "\uFEFF\uFEFF{}" },
        { "each member once", """{"auth_req_id":"canary-7f3a","auth_req_id":"canary-7f3a"}""" },
        { "each member once", """{"auth_req_id":"canary-7f3a","\u0061uth_req_id":"other"}""" },
        { "each member once", """{"auth_req_id":"canary-7f3a","x":{"y":1,"y":2}}""" },
        { "each member once", """{"auth_req_id":"canary-7f3a","\ud800":1}""" },
        { "each member once", $$"""{"auth_req_id":"canary-7f3a","x":{{new string('[', 100)}}{{new string(']', 100)}}}""" },
        { "not an object", "[]" },
        { "not an object", """["canary-7f3a"]""" },
        { "not an object", "\"canary-7f3a\"" },
        { "not an object", "null" },
        { "not an object", "17" },
        { "auth_req_id is missing", "{}" },
        { "auth_req_id is missing", """{"AUTH_REQ_ID":"canary-7f3a"}""" },
        { "auth_req_id is missing", """{"auth_req_id":""}""" },
        { "auth_req_id is not", """{"auth_req_id":null}""" },
        { "auth_req_id is not", """{"auth_req_id":17}""" },
        { "auth_req_id is not", """{"auth_req_id":["canary-7f3a"]}""" },
        { "auth_req_id is not", """{"auth_req_id":{"id":"canary-7f3a"}}""" },
        { "each member once", """{"auth_req_id":"canary-7f3a\udc00"}""" },
        { "each member once", """{"auth_req_id":"canary-7f3a","x":[{"y":"\ud800"}]}""" },
        { "auth_req_id is longer", $$"""{"auth_req_id":"{{new string('a', (8 * 1024) + 1)}}"}""" },
    };

    /// <summary>Bodies that are bad as a push only.</summary>
    public static TheoryData<string, string> Pushed => new()
    {
        { "id_token", """{"auth_req_id":"canary-7f3a"}""" },
        { "id_token", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer"}""" },
        { "id_token", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":""}""" },
        { "id_token", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":{"a":1}}""" },
        { "access_token", """{"auth_req_id":"canary-7f3a","token_type":"Bearer","id_token":"it"}""" },
        { "access_token", """{"auth_req_id":"canary-7f3a","access_token":"","token_type":"Bearer","id_token":"it"}""" },
        { "access_token", """{"auth_req_id":"canary-7f3a","access_token":true,"token_type":"Bearer","id_token":"it"}""" },
        { "token_type", """{"auth_req_id":"canary-7f3a","access_token":"at","id_token":"it"}""" },
        { "token_type", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"DPoP","id_token":"it"}""" },
        { "token_type", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":["Bearer"],"id_token":"it"}""" },
        { "refresh_token", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":"it","refresh_token":7}""" },
        { "refresh_token", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":"it","refresh_token":null}""" },
        { "expires_in", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":"it","expires_in":"60"}""" },
        { "expires_in", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":"it","expires_in":0}""" },
        { "expires_in", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":"it","expires_in":1.5}""" },
        { "scope", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":"it","scope":["openid"]}""" },
        { "each member once", """{"auth_req_id":"canary-7f3a","access_token":"at","token_type":"Bearer","id_token":"it","id_token":"it"}""" },
        { "member error is missing", """{"auth_req_id":"canary-7f3a","error":""}""" },
        { "member error is not", """{"auth_req_id":"canary-7f3a","error":null}""" },
        { "member error is not", """{"auth_req_id":"canary-7f3a","error":{"code":"access_denied"}}""" },
        { "error_description", """{"auth_req_id":"canary-7f3a","error":"access_denied","error_description":["canary-7f3a"]}""" },
        { "auth_req_id", """{"error":"access_denied"}""" },
    };

    [Theory]
    [MemberData(nameof(Anywhere))]
    public void A_bad_ping_tells_nothing(string named, string body) => AssertMalformed(named, body, TokenDeliveryMode.Ping);

    [Theory]
    [MemberData(nameof(Anywhere))]
    [MemberData(nameof(Pushed))]
    public void A_bad_push_tells_nothing(string named, string body) => AssertMalformed(named, body, TokenDeliveryMode.Push);

    [Theory]
    [InlineData(TokenDeliveryMode.Ping)]
    [InlineData(TokenDeliveryMode.Push)]
    [Trait("Spec", "C-86")]
    public void A_body_beyond_the_limit_is_not_read(TokenDeliveryMode mode)
    {
        var json = """{"auth_req_id":"id","error":"access_denied"}""";
        var fit = Encoding.UTF8.GetBytes(json.PadRight(CibaNotification.MaximumSize(mode)));

        Assert.IsNotType<CibaNotification.Malformed>(CibaNotification.Read(fit, mode));
        Assert.Contains("size limit", Assert.IsType<CibaNotification.Malformed>(CibaNotification.Read((byte[])[.. fit, (byte)' '], mode)).Fault, StringComparison.Ordinal);
    }

    private static void AssertMalformed(string named, string body, TokenDeliveryMode mode)
    {
        var malformed = Assert.IsType<CibaNotification.Malformed>(CibaNotification.Read(Encoding.UTF8.GetBytes(body), mode));

        Assert.Contains(named, malformed.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, malformed.Fault, StringComparison.Ordinal);
    }
}
