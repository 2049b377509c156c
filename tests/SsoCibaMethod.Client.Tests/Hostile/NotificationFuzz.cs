using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What is sent to the notification endpoint (CIBA Core §10.2, §10.3, §12). Accepted: a ping that names a request, or a push that is a sign-in.</summary>
internal sealed class NotificationFuzz(TokenDeliveryMode mode) : FuzzKind<byte[], NotificationFuzz.Result>(mode == TokenDeliveryMode.Ping ? "pings" : "pushes", mode == TokenDeliveryMode.Ping ? 40 : 60)
{
    private static readonly string[] Pings = ["""{"auth_req_id":"465382f0-2375-452c-807e-f326d329ecfe"}""", """{"auth_req_id":"a","x":{"y":[1,"\u00e9"]}}"""];
    private static readonly string[] Refusals = ["""{"auth_req_id":"465382f0","error":"access_denied","error_description":"no, 465382f0"}""", """{"auth_req_id":"a","error":"authorization_pending"}"""];

    private readonly IdTokenValidator _validator = Provider.Validator(GoodTokens.Algorithms);
    private readonly ProviderMetadata _provider = Provider.Metadata();

    protected override byte[] Make(FuzzRandom random)
    {
        if (mode == TokenDeliveryMode.Ping || random.OneIn(6))
        {
            return Mutation.Of(random, mode == TokenDeliveryMode.Ping ? Pings : Refusals);
        }

        var good = GoodTokens.Push;
        if (random.OneIn(4))
        {
            good = good.DeepClone().AsObject();
            good["id_token"] = TokenMutation.Of(random, [GoodTokens.All[0]]);
        }

        return Mutation.Of(random, good.ToJsonString());
    }

    protected override ValueTask<Result> TakeAsync(byte[] answer)
    {
        var notification = CibaNotification.Read(answer, mode);
        return ValueTask.FromResult(new Result(
            notification, notification is CibaNotification.Tokens push ? _validator.Validate(push.TokenSet, GoodTokens.Expectation(isPushed: true), _provider) : null));
    }

    protected override FuzzVerdict Judge(byte[] answer, Result result)
    {
        var json = IndependentJson.Read(answer);
        var id = json?["auth_req_id"]?.AsText is { Length: > 0 and <= 8 * 1024 } text ? text : null;
        if (mode == TokenDeliveryMode.Ping)
        {
            return result.Notification is CibaNotification.Ping ping && ping.AuthReqId != id
                ? new(IsAccepted: true, "another auth_req_id than the OP named")
                : FuzzVerdict.Of(result.Notification is CibaNotification.Ping, id is not null && answer.Length <= 16 * 1024);
        }

        _ = (result.Notification as CibaNotification.Tokens)?.TokenSet.AuthorizationDetails?.ToJsonString();
        var verdict = FuzzVerdict.Of(result.Verdict is IdTokenResult.Valid, id is not null && answer.Length <= 1024 * 1024 && GoodTokens.AreIn(json));
        return result.Notification is CibaNotification.Refused { Error: var error } && AcknowledgementFuzz.Complaint(error) is { } complaint ? verdict with { Complaint = complaint } : verdict;
    }

    protected override int Size(byte[] answer) => answer.Length;

    protected override string Describe(byte[] answer) => FuzzText.Of(answer);

    internal sealed record Result(CibaNotification Notification, IdTokenResult? Verdict);
}
