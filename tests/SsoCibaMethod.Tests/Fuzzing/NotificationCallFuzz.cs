using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;
using SsoCibaMethod.Testing.Fuzzing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Notifications;

namespace SsoCibaMethod.Tests.Fuzzing;

/// <summary>Calls to the notification endpoint of a whole application (CIBA Core §10.3). Accepted: the waiting user is signed in.</summary>
internal sealed class NotificationCallFuzz() : FuzzKind<NotificationCallFuzz.Call, NotificationCallFuzz.Result>("notification calls", 5)
{
    private const string AuthReqId = "id-1";

    private static readonly int[] Known = [204, 400, 401, 413, 415];

    private static readonly (string Type, bool IsJson)[] Types =
        [("application/json", true), ("Application/JSON; charset=utf-8", true), ("application/json;charset=x", false), ("text/json", false), ("application/json, text/html", false), ("é", false), ("", false)];

    private NotificationBench? _bench;
    private string _good = "";
    private string _idToken = "";
    private string? _id;

    protected override bool IsOnOneThread => false;

    protected override async Task PrepareAsync()
    {
        // With a key of the OP a wrong signature would wait for its keys to be fetched again, and the clock stands.
        _bench = await NotificationBench.StartAsync(TokenDeliveryMode.Push, options =>
        {
            options.IdTokenSigningAlgorithms = ["HS256"];
            ((ScriptedOp)options.BackchannelHttpHandler!).Metadata["id_token_signing_alg_values_supported"] = new JsonArray("HS256");
        });
        await TidyAsync();
        var tokens = _bench.Op.Tokens(AuthReqId);
        var signed = $"{Base64Url.EncodeToString("""{"alg":"HS256"}"""u8)}.{tokens["id_token"]!.GetValue<string>().Split('.')[1]}";
        _idToken = $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(CibaTestHost.Secret), Encoding.ASCII.GetBytes(signed)))}";
        (tokens["auth_req_id"], tokens["id_token"]) = (AuthReqId, _idToken);
        _good = tokens.ToJsonString();
    }

    /// <summary>Lets another login wait where the one before has ended.</summary>
    protected override async Task TidyAsync()
    {
        if (_id is not null && (await _bench!.Logins.FindAsync(_id, CancellationToken.None))?.State == PendingLoginState.Waiting)
        {
            return;
        }

        _ = await _bench!.BeginAsync();
        _id = (await _bench.Logins.FindByNotificationTokenAsync(_bench.Token, CancellationToken.None))!.Id;
    }

    protected override Call Make(FuzzRandom random) => new(
        random.OneIn(6) ? Mutation.Of(random, $$"""{"auth_req_id":"{{AuthReqId}}","error":"access_denied"}""") : Mutation.Of(random, _good),
        random.OneIn(12) ? random.Pick(Types) : Types[0],
        random.OneIn(12) ? Encoding.Latin1.GetString(Mutation.Edit(random, "Bearer {0}"u8.ToArray())).ReplaceLineEndings("").Trim() : "Bearer {0}");

    protected override async ValueTask<Result> TakeAsync(Call answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, NotificationBench.Address) { Content = new ByteArrayContent(answer.Body) };
        _ = request.Content.Headers.TryAddWithoutValidation("Content-Type", answer.Type.Type);
        _ = request.Headers.TryAddWithoutValidation("Authorization", answer.Authorization.Replace("{0}", _bench!.Token, StringComparison.Ordinal));
        using var response = await _bench.SendAsync(request);
        await _bench.Host.SettleAsync();
        return new Result((int)response.StatusCode, (await _bench.Logins.FindAsync(_id!, CancellationToken.None))!.State);
    }

    protected override FuzzVerdict Judge(Call answer, Result result)
    {
        var json = IndependentJson.Read(answer.Body);
        var isGood = answer.Type.IsJson && IsTheToken(answer.Authorization) && answer.Body.Length <= 1024 * 1024
            && json is not null && !json.Has("error")
            && json["auth_req_id"]?.AsText == AuthReqId
            && json["id_token"]?.AsText == _idToken
            && json["access_token"]?.AsText == "the-access-token"
            && string.Equals(json["token_type"]?.AsText, "Bearer", StringComparison.OrdinalIgnoreCase)
            && json.IsAbsentOr("refresh_token", value => value.AsText is "")
            && json.IsAbsentOr("expires_in", value => value.IsPositiveInteger)
            && json.IsAbsentOr("scope", value => value.AsText is not null)
            && json.IsAbsentOr("authorization_details", value => value is JsonTree.Items);
        var verdict = FuzzVerdict.Of(result.State == PendingLoginState.Approved, isGood);
        return Known.Contains(result.Status) ? verdict : verdict with { Complaint = $"HTTP {result.Status}" };
    }

    protected override int Size(Call answer) => answer.Body.Length;

    protected override string Describe(Call answer) => $"{answer.Type.Type} {answer.Authorization} {FuzzText.Of(answer.Body)}";

    // The scheme's case does not matter, nor how many spaces follow it (RFC 9110 §11.1, §11.4).
    private static bool IsTheToken(string authorization) =>
        authorization.Split(' ', 2) is [var scheme, var token] && string.Equals(scheme, "Bearer", StringComparison.OrdinalIgnoreCase) && token.TrimStart(' ') == "{0}";

    protected override async ValueTask CloseAsync()
    {
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
        }
    }

    internal sealed record Call(byte[] Body, (string Type, bool IsJson) Type, string Authorization);

    internal sealed record Result(int Status, PendingLoginState State);
}
