using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace SsoCibaMethod.PendingLogins;

/// <summary>Turns a login into the record a store keeps, and back. Whose the record is and where it stands is repeated under protection, so that neither can be exchanged.</summary>
internal sealed class PendingLoginProtector(IDataProtectionProvider dataProtection)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = dataProtection.CreateProtector("SsoCibaMethod", "PendingLogin", "v1");

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
        Payload = _protector.Protect(PendingLoginPacking.Pack(login)),
    };

    // What only looks as if it waited is kept as long as what waited and expired. The OP may call late: its token is known as long as its request lives, and some time longer (CIBA Core §10.2). A start counts beyond its end, and a decline from its end on.
    private static DateTimeOffset KeepUntil(PendingLogin login)
    {
        var own = login.State == PendingLoginState.Redeemed || login.Details.RetryAt is not null ? login.Deadline : (login.IsDecoy ? login.Deadline + PendingLogin.EndedFor : login.Deadline) + Grace;
        var late = login.Details.NotificationTokenHash is null ? own : login.Details.ExpiresAt + Grace;
        var counted = login.HintHash is null && login.AddressHash is null ? own : (login.State == PendingLoginState.Declined ? login.EndedAt ?? login.StartedAt : login.StartedAt) + login.Details.CountedFor;
        return new[] { own, late, counted }.Max();
    }

    /// <summary>The login; <see langword="null"/> where the record cannot be read: of another version, or protected with keys that are gone.</summary>
    public PendingLogin? Unprotect(PendingLoginRecord record)
    {
        try
        {
            return record.Schema != PendingLoginRecord.CurrentSchema || PendingLoginPacking.Unpack(_protector.Unprotect(record.Payload.ToArray()), record) is not var (deadline, details)
                ? null
                : new PendingLogin
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
