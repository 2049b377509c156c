using System.Collections.Frozen;
using System.Net;

namespace SsoCibaMethod.Client;

/// <summary>An error an OP answered with, read strictly and made safe to log.</summary>
/// <param name="Code">Which error it is.</param>
/// <param name="Name">The code as the OP wrote it, cut to 64 printable ASCII characters.</param>
/// <param name="Description">
/// The OP's <c>error_description</c>, cut to 200 printable characters, with every confidential value of the request taken out.
/// It comes from outside: log it, never show it to users (CIBA Core §13).
/// </param>
public sealed record CibaError(CibaErrorCode Code, string Name, string? Description)
{
    private const int MaximumName = 64;
    private const int MaximumDescription = 200;

    // The one table between the wire and the closed set.
    private static readonly FrozenDictionary<string, CibaErrorCode> Codes = new Dictionary<string, CibaErrorCode>(StringComparer.Ordinal)
    {
        ["authorization_pending"] = CibaErrorCode.AuthorizationPending,
        ["slow_down"] = CibaErrorCode.SlowDown,
        ["expired_token"] = CibaErrorCode.ExpiredToken,
        ["access_denied"] = CibaErrorCode.AccessDenied,
        ["invalid_grant"] = CibaErrorCode.InvalidGrant,
        ["invalid_request"] = CibaErrorCode.InvalidRequest,
        ["invalid_request_object"] = CibaErrorCode.InvalidRequestObject,
        ["invalid_client"] = CibaErrorCode.InvalidClient,
        ["unauthorized_client"] = CibaErrorCode.UnauthorizedClient,
        ["unsupported_grant_type"] = CibaErrorCode.UnsupportedGrantType,
        ["invalid_scope"] = CibaErrorCode.InvalidScope,
        ["expired_login_hint_token"] = CibaErrorCode.ExpiredLoginHintToken,
        ["expired_id_token_hint"] = CibaErrorCode.ExpiredIdTokenHint,
        ["invalid_id_token_hint"] = CibaErrorCode.InvalidIdTokenHint,
        ["unknown_user_id"] = CibaErrorCode.UnknownUserId,
        ["missing_user_code"] = CibaErrorCode.MissingUserCode,
        ["invalid_user_code"] = CibaErrorCode.InvalidUserCode,
        ["invalid_binding_message"] = CibaErrorCode.InvalidBindingMessage,
        ["invalid_authorization_details"] = CibaErrorCode.InvalidAuthorizationDetails,
        ["invalid_target"] = CibaErrorCode.InvalidTarget,
        ["use_dpop_nonce"] = CibaErrorCode.UseDPoPNonce,
        ["invalid_dpop_proof"] = CibaErrorCode.InvalidDPoPProof,
        ["invalid_token"] = CibaErrorCode.InvalidToken,
        ["insufficient_scope"] = CibaErrorCode.InsufficientScope,
        ["transaction_failed"] = CibaErrorCode.TransactionFailed,
        ["server_error"] = CibaErrorCode.ServerError,
        ["temporarily_unavailable"] = CibaErrorCode.TemporarilyUnavailable,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static CibaErrorCode CodeOf(string code) => Codes.GetValueOrDefault(code, CibaErrorCode.Unknown);

    internal static CibaError Read(string code, string? description, IReadOnlyList<string> confidential) =>
        new(CodeOf(code),
            Printable(Redact(code, confidential), MaximumName),
            description is null ? null : Printable(Redact(description, confidential), MaximumDescription));

    /// <summary>The same error with one more value taken out of its texts: a token request does not carry the hint, but its answer may.</summary>
    /// <param name="confidential">The value, for example the login hint.</param>
    /// <returns>The error, safe to log.</returns>
    public CibaError Without(string confidential) => this with
    {
        Name = Redact(Name, [confidential]),
        Description = Description is null ? null : Redact(Description, [confidential]),
    };

    /// <summary>The code and the description, as a log wants them.</summary>
    public override string ToString() => Description is null ? Name : $"{Name} ({Description})";

    // An OP may repeat what it was sent ("user +358… is unknown"), also as it stood in the form; none of that may reach a log.
    private static string Redact(string text, IReadOnlyList<string> confidential)
    {
        // The longest first: a short one inside a long one would break it, and leave the rest to be read.
        foreach (var value in confidential.SelectMany(Spellings).OrderByDescending(spelling => spelling.Length))
        {
            text = text.Replace(value, "***", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private static IEnumerable<string> Spellings(string value) =>
        value.Length > 0 ? new[] { value, Uri.EscapeDataString(value), WebUtility.UrlEncode(value) }.Distinct(StringComparer.Ordinal) : [];

    private static string Printable(string text, int maximum)
    {
        var cut = text.Length > maximum ? text.AsSpan(0, maximum) : text.AsSpan();
        return string.Create(cut.Length, cut, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
            }
        });
    }
}
