using Microsoft.AspNetCore.Authentication;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.PendingLogins;

/// <summary>What only the handler reads of a pending login; a store sees it protected.</summary>
internal sealed record PendingLoginDetails
{
    /// <summary>The attempt number: what the page shows and the log has.</summary>
    public required string Reference { get; init; }

    /// <summary>Whom the OP is asked for, as the host wants it.</summary>
    public required string LoginHint { get; init; }

    /// <summary>What the user typed, and all that a form may show again: the host may have made something else of it.</summary>
    public string? TypedHint { get; init; }

    public HintKind HintKind { get; init; }

    /// <summary>The only user the answer may be about; <see langword="null"/> where that is not known beforehand.</summary>
    public string? ExpectedSubject { get; init; }

    /// <summary>The fingerprint of the user a registered method is to confirm; <see langword="null"/> for a method that lets the user type.</summary>
    public string? LocalUser { get; init; }

    /// <summary>What is asked beside whom.</summary>
    public RequestContent Content { get; init; } = new();

    public required string BindingCode { get; init; }

    public string? BindingMessage { get; init; }

    /// <summary>The serialized <see cref="AuthenticationProperties"/> of the challenge.</summary>
    public required byte[] Properties { get; init; }

    /// <summary>How the OP hands over what came of it.</summary>
    public TokenDeliveryMode DeliveryMode { get; init; }

    /// <summary>The hash of the token of the OP's call (S-53).</summary>
    public string? NotificationTokenHash { get; init; }

    /// <summary>What the OP told by itself: what it pushed, or a call that came before its acknowledgement.</summary>
    public ReceivedNotification? Notification { get; init; }

    /// <summary>Until when the page shows the login as waiting, whatever the OP answers; <see langword="null"/> where it shows what happens.</summary>
    public DateTimeOffset? ShownUntil { get; init; }

    /// <summary>How many user codes were wrong.</summary>
    public int WrongUserCodes { get; init; }

    /// <summary>How long the start counts, and how long after a decline that does.</summary>
    public TimeSpan CountedFor { get; init; }

    /// <summary>When a new try is possible, where a limit on starting refused this one.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Whether the OP refused the request, so that certainly no phone rang.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What the user wants remembered on this device, once it has proved right.</summary>
    public string? HintToRemember { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the OP's request is over, however the login ended here.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public TimeSpan Interval { get; init; }

    /// <summary>Which OP and client the login began with; 0 where that was not known.</summary>
    public int ClientFingerprint { get; init; }

    public string? AuthReqId { get; init; }

    /// <summary>What is left of <see cref="AuthReqId"/> after the end, so that a late call can be told from a false one.</summary>
    public string? AuthReqIdHash { get; init; }

    /// <summary>The key of the text that tells how it ended, or what is wrong with the user code.</summary>
    public string? MessageKey { get; init; }

    /// <summary>What the OP answered, once it was found valid.</summary>
    public ApprovedAnswer? Answer { get; init; }

    public DateTimeOffset TokensReceivedAt { get; init; }

    /// <summary>The binding code, where the phone shows it too: an administrator's text may leave it out, and then the page asks for no comparison.</summary>
    public string? CodeOnPhone() => BindingMessage?.Contains(BindingCode, StringComparison.Ordinal) == true ? BindingCode : null;

    public string? HashOfAuthReqId() => AuthReqId is { } id && NotificationTokenHash is not null ? SecretHash.Of(id) : AuthReqIdHash;

    /// <summary>Who is asked.</summary>
    public CibaLoginHint WhoIsAsked() => HintKind switch
    {
        HintKind.LoginHintToken => new CibaLoginHint.LoginHintToken(LoginHint),
        HintKind.IdToken => new CibaLoginHint.IdToken(LoginHint),
        _ => new CibaLoginHint.Plain(LoginHint),
    };

    public override string ToString() => Reference;
}
