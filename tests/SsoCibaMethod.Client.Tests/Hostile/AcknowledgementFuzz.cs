using SsoCibaMethod.Testing.Fuzzing;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What answers an authentication request (CIBA Core §7.3, §13). Accepted: it starts a wait.</summary>
internal sealed class AcknowledgementFuzz() : FuzzKind<FuzzedAnswer, BackchannelAuthenticationResponse>("acknowledgements", 110)
{
    private const int LongestAuthReqId = 8 * 1024;

    private static readonly string[] Good =
    [
        """{"auth_req_id":"1c266114-a1be-4252-8ad1-04986c5b9ac1","expires_in":120,"interval":2}""",
        """{"auth_req_id":"1c266114","expires_in":120,"interval":0,"x":{"y":[1,"\u00e9"]}}""",
        """{"error":"unknown_user_id","error_description":"user johndoe, *** %6A"}""",
        """{"error":"missing_user_code"}""",
    ];

    private readonly FuzzedOp _op = new();

    protected override Task PrepareAsync() => _op.PrepareAsync();

    protected override ValueTask CloseAsync()
    {
        _op.Dispose();
        return base.CloseAsync();
    }

    protected override FuzzedAnswer Make(FuzzRandom random) => FuzzedAnswer.Around(random, Mutation.Of(random, Good));

    protected override async ValueTask<BackchannelAuthenticationResponse> TakeAsync(FuzzedAnswer answer) => await _op.CreateClient(answer).StartAsync(Stage.Johndoe);

    protected override FuzzVerdict Judge(FuzzedAnswer answer, BackchannelAuthenticationResponse result)
    {
        var json = IndependentJson.Read(answer.Body);
        var isGood = answer.CanBeSuccess && json is not null && !json.Has("error")
            && json["auth_req_id"]?.AsText is { Length: > 0 and <= LongestAuthReqId }
            && json["expires_in"]?.IsPositiveInteger == true
            && json.IsAbsentOr("interval", value => value.IsPositiveInteger || value is JsonTree.Number { Raw: "0" or "-0" });
        var verdict = FuzzVerdict.Of(result is BackchannelAuthenticationResponse.Acknowledged, isGood);
        return result switch
        {
            BackchannelAuthenticationResponse.Acknowledged acknowledged when isGood && acknowledged.AuthReqId != json!["auth_req_id"]!.AsText =>
                verdict with { Complaint = "another auth_req_id than the OP gave" },
            BackchannelAuthenticationResponse.Refused { Error: var error } when Complaint(error) is { } complaint => verdict with { Complaint = complaint },
            _ => verdict,
        };
    }

    /// <summary>What an OP's error must be before it reaches a log: short, printable, without the hint.</summary>
    public static string? Complaint(CibaError error) =>
        error.Name.Length > 64 || error.Description?.Length > 200 || $"{error}".Any(letter => letter is < ' ' or > '~') ? "an error that is not safe to log"
        : $"{error}".Contains("johndoe", StringComparison.OrdinalIgnoreCase) ? "an error that names the hint"
        : null;

    protected override int Size(FuzzedAnswer answer) => answer.Size;

    protected override string Describe(FuzzedAnswer answer) => answer.ToString();
}
