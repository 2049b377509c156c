using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using SsoCibaMethod.Client;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>A record's payload gives back what was put into it, and nothing of another record.</summary>
public class PendingLoginPackingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly PendingLoginProtector _protector = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void Every_value_comes_back()
    {
        var full = Full();

        // A member that is added later must be given a value here, and be packed.
        Assert.All(typeof(PendingLoginDetails).GetProperties(), property => Assert.NotEqual(Default(property.PropertyType), property.GetValue(full.Details)));
        Assert.All(typeof(RequestContent).GetProperties(), property => Assert.NotEqual(Default(property.PropertyType), property.GetValue(full.Details.Content)));
        Assert.Equal(Text(full), Text(_protector.Unprotect(_protector.Protect(full))));
    }

    [Fact]
    public void What_is_absent_stays_absent()
    {
        var bare = Bare();

        Assert.Equal(Text(bare), Text(_protector.Unprotect(_protector.Protect(bare))));
    }

    [Fact]
    public void What_is_packed_short_comes_back_in_full()
    {
        // Bytes that end in zeros stand last; times lie before the deadline, at it, and after it.
        var zeros = Bare() with { Details = Bare().Details with { Properties = [1, 0, 0] } };
        var usual = Bare() with
        {
            Details = Bare().Details with
            {
                TypedHint = "älice",
                BindingMessage = "BCDFGH",
                RequestedAt = Now.AddTicks(-3_000_000_001),
                ExpiresAt = Now,
                TokensReceivedAt = Now.AddTicks(1),
            },
        };

        var numbered = usual with { Details = usual.Details with { Reference = "a0z9a00a" } };

        Assert.All([zeros, usual, numbered], login => Assert.Equal(Text(login), Text(_protector.Unprotect(_protector.Protect(login)))));
    }

    [Fact]
    public void The_payload_of_a_login_that_waits_is_short()
    {
        var login = Bare() with
        {
            Deadline = Now.AddMinutes(5),
            Details = new PendingLoginDetails
            {
                Reference = "a1b2c3d4",
                LoginHint = "alice",
                TypedHint = "alice",
                BindingCode = "BCDFGH",
                BindingMessage = "BCDFGH",
                Properties = [],
                Content = new RequestContent { Scope = ["openid"] },
                CountedFor = TimeSpan.FromMinutes(15),
                RequestedAt = Now,
                ExpiresAt = Now.AddMinutes(5),
                Interval = TimeSpan.FromSeconds(5),
                AuthReqId = new string('x', 32),
                ClientFingerprint = ClientFingerprint.Of("https://op.example", "app"),
            },
        };

        // Every login that waits carries it: a text takes its length and one more, a time 9 bytes, one near the deadline 6 or less, what says nothing new one or none.
        Assert.InRange(PendingLoginPacking.Pack(login).Length, 1, 94);
    }

    [Fact]
    [Trait("Spec", "S-13")]
    public void A_payload_is_of_no_use_in_another_record_or_state()
    {
        var record = _protector.Protect(Bare());

        Assert.Null(_protector.Unprotect(record with { Id = "another" }));
        Assert.Null(_protector.Unprotect(record with { Method = "Another" }));
        Assert.Null(_protector.Unprotect(record with { State = PendingLoginState.Approved }));
    }

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private static string Text(PendingLogin? login) => JsonSerializer.Serialize(login);

    private static PendingLogin Bare() => new()
    {
        Id = "id",
        Method = "Ciba",
        Version = 3,
        State = PendingLoginState.Waiting,
        Owner = "node",
        Deadline = Now,
        StartedAt = Now,
        Details = new PendingLoginDetails { Reference = "ref", LoginHint = "älice", BindingCode = "BCDFGH", Properties = [] },
    };

    private static PendingLogin Full() => Bare() with
    {
        Details = new PendingLoginDetails
        {
            Reference = "ref",
            LoginHint = "hint",
            TypedHint = "typed",
            HintKind = HintKind.IdToken,
            ExpectedSubject = "subject",
            LocalUser = "user",
            Content = new RequestContent
            {
                Scope = ["openid", "profile"],
                RequestedExpiry = TimeSpan.FromSeconds(90),
                AcrValues = ["loa2"],
                AcceptedAcrValues = ["loa3", ""],
                Resources = ["https://api.example/"],
                AuthorizationDetails = [new JsonObject { ["type"] = "payment" }],
                RequestContext = new JsonObject { ["order"] = "Nº 7" },
                Parameters = new JsonObject { ["max_age"] = 5 },
            },
            BindingCode = "BCDFGH",
            BindingMessage = "Shop: BCDFGH",
            Properties = [1, 2, 0],
            DeliveryMode = TokenDeliveryMode.Push,
            NotificationTokenHash = "hash",
            Notification = new ReceivedNotification("ticket", Now, Tokens()),
            ShownUntil = Now.AddSeconds(1),
            WrongUserCodes = 2,
            CountedFor = TimeSpan.FromMinutes(15),
            RetryAt = Now.AddSeconds(2),
            IsRefused = true,
            HintToRemember = "remembered",
            RequestedAt = Now.AddSeconds(3),
            ExpiresAt = Now.AddSeconds(4),
            Interval = TimeSpan.FromSeconds(5),
            ClientFingerprint = ClientFingerprint.Of("https://op.example", "app"),
            AuthReqId = "ticket",
            AuthReqIdHash = "of it",
            MessageKey = "LOGIN_FAILED",
            Answer = new ApprovedAnswer(Tokens(), "inner", new JsonObject { ["sub"] = "subject" }),
            TokensReceivedAt = Now.AddSeconds(6),
        },
    };

    private static TokenSet Tokens() => new() { IdToken = "a.b.c", AccessToken = "access", TokenType = "Bearer", RefreshToken = "refresh", ExpiresIn = TimeSpan.FromHours(1), Scope = "openid" };
}
