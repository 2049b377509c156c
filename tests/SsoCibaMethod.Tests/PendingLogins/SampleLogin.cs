using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Tests.PendingLogins;

/// <summary>A pending login in any state, for tests of what may become of it.</summary>
internal static class SampleLogin
{
    public const string Ticket = "the-auth-req-id";

    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static PendingLogin In(PendingLoginState state) => new()
    {
        Id = "id",
        Method = "Ciba",
        Version = 7,
        State = state,
        Owner = "node",
        Deadline = Now.AddMinutes(1),
        HintHash = 11,
        AddressHash = 12,
        StartedAt = Now.AddMinutes(-2),
        EndedAt = PendingLogin.IsFinal(state) ? Now.AddMinutes(-1) : null,
        Details = new PendingLoginDetails
        {
            Reference = "ref1",
            LoginHint = "alice",
            BindingCode = "BCDFGH",
            BindingMessage = "Shop: BCDFGH",
            Properties = [],
            NotificationTokenHash = "hash",
            ClientFingerprint = 3,
            MessageKey = "AN_EARLIER_TEXT",
            AuthReqId = state is PendingLoginState.Waiting or PendingLoginState.Approved ? Ticket : null,
            RequestedAt = state is PendingLoginState.Waiting or PendingLoginState.Approved ? Now.AddSeconds(-90) : default,
        },
    };

    /// <summary>The login with other details.</summary>
    public static PendingLogin With(this PendingLogin login, Func<PendingLoginDetails, PendingLoginDetails> change) => login with { Details = change(login.Details) };
}
