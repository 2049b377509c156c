using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace SsoCibaMethod.PendingLogins;

/// <summary>Turns a login into the record a store keeps, and back.</summary>
internal sealed class PendingLoginProtector(IDataProtectionProvider dataProtection)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = dataProtection.CreateProtector("SsoCibaMethod", "PendingLogin", PendingLoginPacking.Form);

    public PendingLoginRecord Protect(PendingLogin login) => new()
    {
        Id = login.Id,
        Version = login.Version,
        Method = login.Method,
        State = login.State,
        Owner = login.Owner,
        NotificationTokenHash = login.Details.NotificationTokenHash,
        HintHash = login.HintHash,
        AddressHash = login.AddressHash,
        StartedAt = login.StartedAt,
        EndsAt = login.EndsAt,
        KeepUntil = KeepUntil(login),
        Payload = Protector(login.Id, login.Method, login.State).Protect(PendingLoginPacking.Pack(login)),
    };

    // What only looks as if it waited is kept as long as what waited and expired. The OP may call late: its token is known as long as its request lives, and some time longer (CIBA Core §10.2). A start counts beyond its end, and a decline from its end on.
    private static DateTimeOffset KeepUntil(PendingLogin login)
    {
        var own = login.State == PendingLoginState.Redeemed || login.Details.RetryAt is not null ? login.Deadline : (login.IsDecoy ? login.Deadline + PendingLogin.EndedFor : login.Deadline) + Grace;
        var late = login.Details.NotificationTokenHash is null ? own : login.Details.ExpiresAt + Grace;
        var counted = login.HintHash == 0 && login.AddressHash == 0 ? own : (login.State == PendingLoginState.Declined ? login.EndedAt ?? login.StartedAt : login.StartedAt) + login.Details.CountedFor;
        return new[] { own, late, counted }.Max();
    }

    // Whose the payload is and where the login stands is part of its purpose: neither can be exchanged, and nothing of it takes room.
    private IDataProtector Protector(string id, string method, PendingLoginState state) => _protector.CreateProtector($"{id}\n{(int)state}\n{method}");

    /// <summary>The login; <see langword="null"/> where the record cannot be read: of another version, or protected with keys that are gone.</summary>
    public PendingLogin? Unprotect(PendingLoginRecord record)
    {
        try
        {
            if (record.Schema != PendingLoginRecord.CurrentSchema)
            {
                return null;
            }

            var (deadline, details) = PendingLoginPacking.Unpack(Protector(record.Id, record.Method, record.State).Unprotect(record.Payload.ToArray()));
            return new PendingLogin
            {
                Id = record.Id,
                Method = record.Method,
                Version = record.Version,
                State = record.State,
                Owner = record.Owner,
                Deadline = deadline,
                Details = details,
                HintHash = record.HintHash,
                AddressHash = record.AddressHash,
                StartedAt = record.StartedAt,
                EndedAt = PendingLogin.IsFinal(record.State) ? record.EndsAt : null,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or IOException or FormatException)
        {
            return null;
        }
    }
}
