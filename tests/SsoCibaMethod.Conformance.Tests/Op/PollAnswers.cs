using System.Text.Json.Nodes;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>What the OP answers a poll: by default pending twice and tokens the third time, or once the client was pinged (K-4).</summary>
internal static class PollAnswers
{
    private const int PollsBeforeTokens = 2;

    public static Answer Of(OpState state, OpLogin login)
    {
        if (state.Play.PollErrors.TryGetValue(login.Polls, out var error))
        {
            if (error == "slow_down")
            {
                login.Interval += TimeSpan.FromSeconds(5);
            }
            else
            {
                login.IsRefused = true;
                state.EndedAt = state.Clock.GetUtcNow();
            }

            return Answer.Error(error);
        }

        if (login.Polls <= PollsBeforeTokens && !login.IsPinged)
        {
            return Answer.Error("authorization_pending");
        }

        login.IsRedeemed = true;
        state.EndedAt = state.Clock.GetUtcNow();
        var tokens = NewTokens(state);
        tokens["id_token"] = NewIdToken(state, login).Sign();
        state.Play.Tokens?.Invoke(tokens);
        return Answer.Json(tokens);
    }

    /// <summary>An access token and a refresh token in the place of the former ones; no ID token.</summary>
    public static JsonObject NewTokens(OpState state)
    {
        state.AccessToken = OpState.NewToken();
        state.RefreshToken = OpState.NewToken();
        return new JsonObject
        {
            ["access_token"] = state.AccessToken,
            ["token_type"] = "Bearer",
            ["refresh_token"] = state.RefreshToken,
            ["expires_in"] = 600,
            ["scope"] = string.Join(' ', state.Facts.Scope),
        };
    }

    private static IdToken NewIdToken(OpState state, OpLogin login)
    {
        var now = state.Clock.GetUtcNow();
        var token = IdToken.Fit(state.Facts, state.AccessToken!, now);
        switch (state.Facts.Variant.Profile)
        {
            case Variant.Brazil:
                // Open Finance Brazil's hints must outlive their consents.
                token.Claims["exp"] = now.AddDays(181).ToUnixTimeSeconds();
                break;
            case Variant.ConnectId:
                token.Claims["txn"] = login.AuthReqId;
                token.Claims["verified_claims"] = new JsonObject { ["verification"] = new JsonObject { ["trust_framework"] = ConnectIdRequestCheck.TrustFramework } };
                break;
        }

        state.Play.IdToken?.Invoke(token);
        return token;
    }
}
