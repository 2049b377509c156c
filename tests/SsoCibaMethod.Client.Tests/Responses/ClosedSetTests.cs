using System.Reflection;

namespace SsoCibaMethod.Client.Tests;

/// <summary>Answers carry secrets, so each case prints its name and no more (S-52).</summary>
[Trait("Spec", "S-52")]
public sealed class ClosedSetTests
{
    private const string Canary = "canary-7f3a";

    private static readonly CibaError Error = new(CibaErrorCode.AccessDenied, Canary, Canary);

    private static readonly object[] Cases =
    [
        new BackchannelAuthenticationResponse.Acknowledged(Canary, TimeSpan.FromSeconds(1), null),
        new BackchannelAuthenticationResponse.Refused(Error),
        new BackchannelAuthenticationResponse.ProtocolFault(Canary),
        new BackchannelAuthenticationResponse.Unavailable(Canary),
        new TokenResponse.Granted(new TokenSet { IdToken = Canary, AccessToken = Canary, TokenType = Canary, RefreshToken = Canary, Scope = Canary }),
        new TokenResponse.Pending(),
        new TokenResponse.SlowDown(),
        new TokenResponse.Refused(Error),
        new TokenResponse.ProtocolFault(Canary),
        new TokenResponse.Unavailable(Canary),
        new CibaNotification.Ping(Canary),
        new CibaNotification.Tokens(Canary, new TokenSet { IdToken = Canary, AccessToken = Canary, TokenType = Canary }),
        new CibaNotification.Refused(Canary, Error),
        new CibaNotification.Malformed(Canary),
        new UserInfoResponse.Received(new() { ["sub"] = Canary }),
        new UserInfoResponse.Refused(Error),
        new UserInfoResponse.WrongSubject(),
        new UserInfoResponse.ProtocolFault(Canary),
        new UserInfoResponse.Unavailable(Canary),
        new RefreshResponse.Refreshed(new TokenSet { IdToken = Canary, AccessToken = Canary, TokenType = Canary }),
        new RefreshResponse.Refused(Error),
        new RefreshResponse.ProtocolFault(Canary),
        new RefreshResponse.Undecided(new TokenSet { IdToken = Canary, AccessToken = Canary, TokenType = Canary }, Canary),
        new RefreshResponse.Unavailable(Canary),
        new CibaAuthenticationResult.Approved(new TokenSet { IdToken = Canary, AccessToken = Canary, TokenType = Canary }, Canary, Canary, []),
        new CibaAuthenticationResult.Declined(Error),
        new CibaAuthenticationResult.Expired(),
        new CibaAuthenticationResult.Refused(Error),
        new CibaAuthenticationResult.Failed(Canary),
        new CibaAuthenticationResult.Unavailable(Canary),
        new CibaProgress.Acknowledged(Canary, TestToken.Now, PendingAuthentication.Begin(Stage.Johndoe, new(Canary, TimeSpan.FromSeconds(1), null) { SentAt = TestToken.Now })),
        new CibaProgress.Polled(),
        new CibaProgress.SlowedDown(TimeSpan.FromSeconds(1)),
        new CibaProgress.Trouble(Canary),
    ];

    [Fact]
    public void Every_case_prints_its_name_only() => Assert.All(Cases, one => Assert.Equal(one.GetType().Name, one.ToString()));

    [Fact]
    public void Every_case_is_among_those_tested() => Assert.Equivalent(
        Cases.Select(one => one.GetType().FullName),
        new[] { typeof(BackchannelAuthenticationResponse), typeof(TokenResponse), typeof(CibaNotification), typeof(CibaAuthenticationResult), typeof(CibaProgress), typeof(UserInfoResponse), typeof(RefreshResponse) }.SelectMany(set => set.GetNestedTypes()).Select(type => type.FullName),
        strict: true);

    [Theory]
    [InlineData(typeof(BackchannelAuthenticationResponse))]
    [InlineData(typeof(TokenResponse))]
    [InlineData(typeof(CibaNotification))]
    [InlineData(typeof(CibaAuthenticationResult))]
    [InlineData(typeof(CibaProgress))]
    [InlineData(typeof(UserInfoResponse))]
    [InlineData(typeof(RefreshResponse))]
    [InlineData(typeof(IdTokenResult))]
    [InlineData(typeof(ProviderMetadataResult))]
    public void Nobody_can_add_a_case(Type set)
    {
        Assert.True(set.IsAbstract);
        Assert.All(set.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public), constructor =>
            Assert.True(constructor.IsPrivate || constructor.GetParameters() is [{ } copied] && copied.ParameterType == set));
        Assert.All(set.GetNestedTypes(), type => Assert.True(type.IsSealed));
    }

    [Fact]
    public void What_holds_secrets_prints_none()
    {
        object[] holders =
        [
            new TokenSet { IdToken = Canary, AccessToken = Canary, TokenType = Canary },
            new BackchannelAuthenticationRequest { LoginHint = Canary, UserCode = Canary, LoginHintToken = Canary, IdTokenHint = Canary, ClientNotificationToken = Canary },
            new IdTokenExpectation { RequestedAt = TestToken.Now, AuthReqId = Canary, Subject = Canary },
            new ClientSecretBasic(Canary),
            new ClientSecretPost(Canary),
        ];

        Assert.All(holders, holder => Assert.DoesNotContain(Canary, holder.ToString(), StringComparison.Ordinal));
    }
}
