namespace SsoCibaMethod.Client.Tests;

/// <summary>The table between the error codes on the wire and the closed set, and what of an OP's words is kept.</summary>
[Trait("Spec", "C-110")]
public sealed class CibaErrorTests
{
    public static TheoryData<string, CibaErrorCode> Table => new()
    {
        // CIBA Core §11, the token endpoint.
        { "authorization_pending", CibaErrorCode.AuthorizationPending },
        { "slow_down", CibaErrorCode.SlowDown },
        { "expired_token", CibaErrorCode.ExpiredToken },
        { "access_denied", CibaErrorCode.AccessDenied },
        { "invalid_grant", CibaErrorCode.InvalidGrant },
        { "invalid_request", CibaErrorCode.InvalidRequest },
        { "unauthorized_client", CibaErrorCode.UnauthorizedClient },
        { "unsupported_grant_type", CibaErrorCode.UnsupportedGrantType },

        // CIBA Core §13, the backchannel authentication endpoint.
        { "invalid_client", CibaErrorCode.InvalidClient },
        { "invalid_scope", CibaErrorCode.InvalidScope },
        { "expired_login_hint_token", CibaErrorCode.ExpiredLoginHintToken },
        { "unknown_user_id", CibaErrorCode.UnknownUserId },
        { "missing_user_code", CibaErrorCode.MissingUserCode },
        { "invalid_user_code", CibaErrorCode.InvalidUserCode },
        { "invalid_binding_message", CibaErrorCode.InvalidBindingMessage },

        // CIBA Core §12, pushed.
        { "transaction_failed", CibaErrorCode.TransactionFailed },

        // RFC 6749, and the extensions.
        { "server_error", CibaErrorCode.ServerError },
        { "temporarily_unavailable", CibaErrorCode.TemporarilyUnavailable },
        { "invalid_request_object", CibaErrorCode.InvalidRequestObject },
        { "expired_id_token_hint", CibaErrorCode.ExpiredIdTokenHint },
        { "invalid_id_token_hint", CibaErrorCode.InvalidIdTokenHint },
        { "invalid_authorization_details", CibaErrorCode.InvalidAuthorizationDetails },
        { "invalid_target", CibaErrorCode.InvalidTarget },
        { "use_dpop_nonce", CibaErrorCode.UseDPoPNonce },
        { "invalid_dpop_proof", CibaErrorCode.InvalidDPoPProof },
        { "invalid_token", CibaErrorCode.InvalidToken },
        { "insufficient_scope", CibaErrorCode.InsufficientScope },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_code_is_read_as_it_is_written_and_not_otherwise(string name, CibaErrorCode code)
    {
        Assert.Equal((code, name), (CibaError.CodeOf(name), CibaError.Read(name, null, []).Name));
        Assert.Equal(CibaErrorCode.Unknown, CibaError.CodeOf(name.ToUpperInvariant()));
        Assert.Equal(CibaErrorCode.Unknown, CibaError.CodeOf($"{name} "));
    }

    [Fact]
    public void Every_code_of_the_set_has_its_name_and_no_two_have_the_same()
    {
        var codes = Table.Select(row => (CibaErrorCode)row[1]).ToList();

        Assert.Equal(Enum.GetValues<CibaErrorCode>().Except([CibaErrorCode.Unknown]).Order(), codes.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("something_new")]
    [Trait("Spec", "C-113")]
    public void Any_other_code_is_unknown(string name) => Assert.Equal(CibaErrorCode.Unknown, CibaError.Read(name, null, []).Code);

    [Fact]
    public void Printable_ASCII_stays_as_it_is_and_nothing_else_does()
    {
        var error = CibaError.Read("\u001f !}~\u007f\u0080é", "\u001f !}~\u007f\u0080é", []);

        Assert.Equal(("? !}~???", "? !}~???"), (error.Name, error.Description));
    }

    [Fact]
    public void A_name_has_64_characters_and_a_description_200_at_most()
    {
        var whole = CibaError.Read(new string('n', 64), new string('d', 200), []);
        var cut = CibaError.Read(new string('n', 64) + "m", new string('d', 200) + "e", []);

        Assert.Equal((new string('n', 64), new string('d', 200)), (whole.Name, whole.Description));
        Assert.Equal(whole, cut);
    }

    [Fact]
    public void An_error_prints_its_code_and_what_the_OP_said_of_it()
    {
        Assert.Equal("access_denied", CibaError.Read("access_denied", null, []).ToString());
        Assert.Equal("access_denied (no thanks)", CibaError.Read("access_denied", "no thanks", []).ToString());
    }

    [Theory]
    [InlineData("a b/c")]
    [InlineData("a%20b%2Fc")]
    [InlineData("a+b%2Fc")]
    [InlineData("A+B%2fC")]
    [Trait("Spec", "S-52")]
    public void A_value_of_the_request_is_taken_out_however_it_is_spelt(string spelling)
    {
        var error = CibaError.Read($"of {spelling}", $"user {spelling}, {spelling}", ["", "a b/c"]);

        Assert.Equal(("of ***", "user ***, ***"), (error.Name, error.Description));
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public void A_value_known_only_later_is_taken_out_as_well()
    {
        var error = new CibaError(CibaErrorCode.AccessDenied, "not for alice", "ALICE said no");

        Assert.Equal(new CibaError(CibaErrorCode.AccessDenied, "not for ***", "*** said no"), error.Without("alice"));
        Assert.Equal(new CibaError(CibaErrorCode.AccessDenied, "not for ***", null), (error with { Description = null }).Without("alice"));
    }

    [Fact]
    [Trait("Spec", "S-52")]
    public void A_value_that_is_part_of_another_leaves_nothing_of_that_to_be_read() =>
        Assert.Equal("code of ***", CibaError.Read("x", "code of user-40-secret", ["40", "user-40-secret", "user"]).Description);
}
