using System.Net;

namespace SsoCibaMethod.Client.Tests;

/// <summary>What a userinfo endpoint says besides claims.</summary>
internal static class UserInfoAnswers
{
    public static HttpResponseMessage Challenged(int status, string? challenge)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status);
        if (challenge is not null)
        {
            Assert.True(answer.Headers.TryAddWithoutValidation("WWW-Authenticate", challenge));
        }

        return answer;
    }
}
