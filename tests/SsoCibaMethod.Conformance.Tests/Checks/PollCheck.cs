namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What must hold for a token request beyond the client's proof (CIBA Core §10.1, §11; K-7, K-12, C-60 to C-67).</summary>
internal static class PollCheck
{
    public static void Check(Received request, OpLogin? login, TimeProvider clock, Findings findings)
    {
        var now = clock.GetUtcNow();
        findings.Require(request["grant_type"] == "urn:openid:params:grant-type:ciba", "C-60", $"grant_type is {request["grant_type"]}");
        findings.Require(login is not null, "K-12", "a poll for an auth_req_id that was never given");
        if (login is null)
        {
            return;
        }

        findings.Require(!login.IsRedeemed, "K-12", "a poll for an auth_req_id that is redeemed");
        findings.Require(!login.IsRefused, "K-25", "a poll after the end of its request");
        findings.Require(now < login.ExpiresAt, "K-12", "a poll after the expiry");
        findings.Require(login.PollsUnderWay == 0, "C-63", "a poll while another is under way");

        // No tolerance. A ping lifts the interval (CIBA Core §10.2).
        findings.Require(login.IsPinged || now >= login.NextPollAllowedAt, "K-7", $"a poll {login.NextPollAllowedAt - now} too early (the interval is {login.Interval})");
    }
}
