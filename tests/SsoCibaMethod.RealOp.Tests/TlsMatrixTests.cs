namespace SsoCibaMethod.RealOp.Tests;

/// <summary>Every client authentication with both delivery modes, as the OP saw it.</summary>
[Collection(nameof(TlsRun))]
public sealed class TlsMatrixTests(TlsRun run)
{
    public static TheoryData<string, string> Matrix
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (authentication, mode) in TlsMatrix.Authentications.SelectMany(_ => TlsMatrix.Modes, (one, mode) => (one, mode)))
            {
                all.Add(authentication, mode);
            }

            return all;
        }
    }

    [RealOpTheory]
    [MemberData(nameof(Matrix))]
    [Trait("Spec", "U-9")]
    [Trait("Spec", "C-10")]
    public void SignsItsUserIn(string authentication, string mode)
    {
        var login = run.Login($"{authentication}-{mode}");

        Assert.Equal(login.Method.User, login.User.Principal!.FindFirst("sub")?.Value);
    }

    [RealOpTheory]
    [MemberData(nameof(Matrix))]
    [Trait("Spec", "T-42")]
    [Trait("Spec", "T-43")]
    public void ProvesItselfAsRegisteredAndInNoOtherWay(string authentication, string mode)
    {
        var login = run.Login($"{authentication}-{mode}");
        string[] proofs = authentication switch
        {
            "client_secret_post" => ["client_secret"],
            "client_secret_jwt" or "private_key_jwt" => ["client_assertion", "client_assertion_type"],
            _ => [],
        };

        Assert.Equal(proofs, login.Seen.Parameters.Where(name => name.StartsWith("client_assertion", StringComparison.Ordinal) || name == "client_secret").Order(StringComparer.Ordinal));
        Assert.Contains("client_id", login.Seen.Parameters);
        var where = (login.Method.Certificate is null ? run.Op.Issuer : run.Op.Mutual, login.Method.Certificate);
        Assert.Equal(where, (login.Seen.Origin, login.Seen.Certificate));
        Assert.All(login.Seen.Polls, poll => Assert.Equal(where, (poll.Origin, poll.Certificate)));
    }

    [RealOpFact]
    [Trait("Spec", "C-63")]
    public void OnePollAtATime()
    {
        Assert.DoesNotContain(run.Seen.Requests.SelectMany(request => request.Polls), poll => poll.Overlapping);
        Assert.Equal(0, run.Seen.UnknownPolls);
    }

    [RealOpFact]
    [Trait("Spec", "C-80")]
    [Trait("Spec", "C-82")]
    [Trait("Spec", "C-83")]
    public void PingIsAnsweredAndBringsTheOnlyTokenRequest()
    {
        var pinged = run.Logins.Where(login => login.Method.IsPing).ToList();
        Assert.NotEmpty(pinged);
        Assert.All(pinged, login =>
        {
            var call = Assert.Single(run.Seen.Calls, call => call.AuthReqId == login.Seen.AuthReqId);
            Assert.Equal(204, call.Status);
            Assert.InRange(Assert.Single(login.Seen.Polls).At, login.Seen.AcknowledgedAt, run.Seen.Now);
        });
        Assert.DoesNotContain(run.Seen.Calls, call => call.AuthReqId is not null && pinged.All(login => login.Seen.AuthReqId != call.AuthReqId));
    }

    [RealOpFact]
    [Trait("Spec", "C-53")]
    [Trait("Spec", "C-61")]
    public void AnIntervalLiesBeforeAndBetweenPolls()
    {
        var polled = run.Logins.Where(login => !login.Method.IsPing).Select(login => login.Seen).ToList();
        Assert.Contains(polled, request => request.Polls.Count > 1);
        Assert.All(polled, request =>
        {
            var instants = request.Polls.Select(poll => poll.At).Prepend(request.AcknowledgedAt).ToList();
            Assert.All(instants.Zip(instants.Skip(1), (one, next) => next - one), pause => Assert.InRange(pause, TlsOp.Interval * 1000, long.MaxValue));
        });
    }

    [RealOpFact]
    [Trait("Spec", "C-69")]
    public void TokensAreFetchedOnceAndNothingFollows() => Assert.All(run.Logins, login =>
    {
        Assert.Null(login.Seen.Polls[^1].Error);
        Assert.All(login.Seen.Polls.SkipLast(1), poll => Assert.NotNull(poll.Error));
    });

    [RealOpFact]
    [Trait("Spec", "T-25")]
    public void NoIdentifierIsUsedTwice()
    {
        var all = run.Seen.Assertions.Concat(run.Seen.RequestObjects).Concat(run.Seen.Proofs).ToList();
        Assert.NotEmpty(all);
        Assert.All(all, one => Assert.False(one.Duplicate));
    }
}
