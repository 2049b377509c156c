using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>The text a <see cref="PendingAuthentication"/> is kept as: a JSON object of texts, the first of which says what and which version it is.</summary>
internal static class PendingAuthenticationText
{
    private const string Kind = "ciba-pending-authentication/";
    private const string Version = "1";

    public static string Write(PendingAuthentication pending) => new JsonObject
    {
        ["type"] = Kind + Version,
        ["auth_req_id"] = pending.AuthReqId,
        ["requested_at"] = Instant(pending.RequestedAt),
        ["deadline"] = Instant(pending.Deadline),
        ["interval"] = pending.Interval.ToString("c", CultureInfo.InvariantCulture),
        ["acr_values"] = string.Join(' ', pending.AcrValues),
        ["max_age"] = pending.MaxAge?.ToString("c", CultureInfo.InvariantCulture) ?? "",
        ["subject"] = pending.Subject ?? "",
        ["issuer"] = pending.Origin?.Issuer ?? "",
        ["client_id"] = pending.Origin?.ClientId ?? "",
        ["notification_token_sha256"] = pending.NotificationTokenHash is { } hash ? Convert.ToHexStringLower(hash) : "",
    }.ToJsonString();

    public static PendingAuthentication Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var json = JsonAnswer.TryParse(Encoding.UTF8.GetBytes(text), out var malformed);
        if (json is not { } members)
        {
            throw Unreadable(malformed);
        }

        string? fault = null;
        CheckKind(members.Text("type", ref fault));
        var authReqId = members.AuthReqId(ref fault);
        var requestedAt = Instant(members, "requested_at", ref fault);
        var deadline = Instant(members, "deadline", ref fault);
        var interval = Interval(members, ref fault);
        var acrValues = members.Text("acr_values", ref fault) ?? "";
        var maxAge = MaxAge(members, ref fault);
        var subject = Optional(members, "subject", ref fault);
        var issuer = Optional(members, "issuer", ref fault);
        var clientId = Optional(members, "client_id", ref fault);
        var hash = Hash(members, ref fault);
        if (fault is not null)
        {
            throw Unreadable(fault);
        }

        return new PendingAuthentication(interval)
        {
            AuthReqId = authReqId!,
            RequestedAt = requestedAt,
            Deadline = deadline,
            AcrValues = acrValues.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            MaxAge = maxAge,
            Subject = subject,
            Origin = issuer is null || clientId is null ? null : new AcknowledgementOrigin(issuer, clientId),
            NotificationTokenHash = hash,

            // Whoever wrote it may have ended in mid-poll.
            HasUnansweredPoll = true,
            MayHaveBeenPolled = true,
        };
    }

    private static void CheckKind(string? type)
    {
        if (type?.StartsWith(Kind, StringComparison.Ordinal) != true)
        {
            throw Unreadable("its member type does not say that it is one");
        }

        if (type != Kind + Version)
        {
            throw Unreadable($"it was written by another version of this library, which reads version {Version} only");
        }
    }

    private static string Instant(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(JsonAnswer members, string name, ref string? fault)
    {
        if (DateTimeOffset.TryParseExact(members.RequiredText(name, ref fault), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            return instant;
        }

        fault ??= $"the member {name} is not an instant in the round-trip form of ISO 8601";
        return default;
    }

    private static TimeSpan Interval(JsonAnswer members, ref string? fault)
    {
        if (TimeSpan.TryParseExact(members.RequiredText("interval", ref fault), "c", CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
        {
            return interval;
        }

        fault ??= "the member interval is not a positive duration";
        return default;
    }

    private static TimeSpan? MaxAge(JsonAnswer members, ref string? fault)
    {
        if (Optional(members, "max_age", ref fault) is not { } text)
        {
            return null;
        }

        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var age) && age >= TimeSpan.Zero)
        {
            return age;
        }

        fault ??= "the member max_age is not a duration";
        return null;
    }

    private static string? Optional(JsonAnswer members, string name, ref string? fault) => members.Text(name, ref fault) is { Length: > 0 } value ? value : null;

    private static byte[]? Hash(JsonAnswer members, ref string? fault)
    {
        const int Length = 64;
        const string Name = "notification_token_sha256";
        var value = Optional(members, Name, ref fault);
        if (value is null)
        {
            return null;
        }

        if (value.Length == Length && value.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(value);
        }

        fault ??= $"the member {Name} is not a SHA-256 digest in hexadecimal";
        return null;
    }

    private static FormatException Unreadable(string reason) => new($"Not a pending authentication that can be read: {reason}.");
}
