using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.PendingLogins;

/// <summary>What stands under protection in a record, in few bytes: every login that waits carries it, and every write.</summary>
/// <remarks>The order here is the form: what changes it changes <see cref="Form"/>.</remarks>
internal static class PendingLoginPacking
{
    private const byte Form = 1;

    // Enough that nobody finds another record with the same: it is under protection itself.
    private const int SealLength = 16;

    public static byte[] Pack(PendingLogin login)
    {
        using var stream = new MemoryStream(512);
        using var writer = new PackWriter(stream);
        var details = login.Details;
        writer.Write(Form);
        writer.Write(SealOf(login.Id, login.Method, login.State));
        writer.Put(login.Deadline);
        writer.Put(details.Reference);
        writer.Put(details.LoginHint);
        writer.Put(details.TypedHint);
        writer.Put((long)details.HintKind);
        writer.Put(details.ExpectedSubject);
        writer.Put(details.LocalUser);
        Put(writer, details.Content);
        writer.Put(details.BindingCode);
        writer.Put(details.BindingMessage);
        writer.Put(details.Properties);
        writer.Put((long)details.DeliveryMode);
        writer.Put(details.NotificationTokenHash);
        writer.Put(details.Notification, PendingLoginJson.Default.ReceivedNotification);
        writer.Put(details.ShownUntil);
        writer.Put((long)details.WrongUserCodes);
        writer.Put(details.CountedFor.Ticks);
        writer.Put(details.RetryAt);
        writer.Put(details.IsRefused ? 1L : 0);
        writer.Put(details.HintToRemember);
        writer.Put(details.RequestedAt);
        writer.Put(details.ExpiresAt);
        writer.Put(details.Interval.Ticks);
        writer.Put(details.AuthReqId);
        writer.Put(details.AuthReqIdHash);
        writer.Put(details.MessageKey);
        writer.Put(details.Answer, PendingLoginJson.Default.ApprovedAnswer);
        writer.Put(details.TokensReceivedAt);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a payload.</summary>
    /// <returns>What it holds; <see langword="null"/> where it is another record's, or of another form.</returns>
    /// <exception cref="IOException">It ends too soon.</exception>
    /// <exception cref="JsonException">A part of it is none of ours.</exception>
    /// <exception cref="FormatException">The same.</exception>
    public static (DateTimeOffset Deadline, PendingLoginDetails Details)? Unpack(byte[] payload, PendingLoginRecord record)
    {
        using var reader = new PackReader(new MemoryStream(payload));
        return reader.ReadByte() == Form && CryptographicOperations.FixedTimeEquals(reader.ReadBytes(SealLength), SealOf(record.Id, record.Method, record.State))
            ? (reader.Time(), Details(reader))
            : null;
    }

    private static PendingLoginDetails Details(PackReader reader) => new()
    {
        Reference = reader.RequiredText(),
        LoginHint = reader.RequiredText(),
        TypedHint = reader.Text(),
        HintKind = (HintKind)reader.Number(),
        ExpectedSubject = reader.Text(),
        LocalUser = reader.Text(),
        Content = Content(reader),
        BindingCode = reader.RequiredText(),
        BindingMessage = reader.Text(),
        Properties = reader.Bytes() ?? [],
        DeliveryMode = (TokenDeliveryMode)reader.Number(),
        NotificationTokenHash = reader.Text(),
        Notification = reader.Json(PendingLoginJson.Default.ReceivedNotification),
        ShownUntil = reader.TimeOrNull(),
        WrongUserCodes = (int)reader.Number(),
        CountedFor = TimeSpan.FromTicks(reader.Number()),
        RetryAt = reader.TimeOrNull(),
        IsRefused = reader.Number() == 1,
        HintToRemember = reader.Text(),
        RequestedAt = reader.Time(),
        ExpiresAt = reader.Time(),
        Interval = TimeSpan.FromTicks(reader.Number()),
        AuthReqId = reader.Text(),
        AuthReqIdHash = reader.Text(),
        MessageKey = reader.Text(),
        Answer = reader.Json(PendingLoginJson.Default.ApprovedAnswer),
        TokensReceivedAt = reader.Time(),
    };

    private static void Put(PackWriter writer, RequestContent content)
    {
        writer.Put(content.Scope);
        writer.Put(content.RequestedExpiry?.Ticks ?? 0);
        writer.Put(content.AcrValues);
        writer.Put(content.AcceptedAcrValues);
        writer.Put(content.Resources);
        writer.Put(content.AuthorizationDetails, PendingLoginJson.Default.JsonArray);
        writer.Put(content.RequestContext, PendingLoginJson.Default.JsonObject);
        writer.Put(content.Parameters, PendingLoginJson.Default.JsonObject);
    }

    private static RequestContent Content(PackReader reader) => new()
    {
        Scope = reader.Texts(),
        RequestedExpiry = reader.Number() is not 0 and var ticks ? TimeSpan.FromTicks(ticks) : null,
        AcrValues = reader.Texts() ?? [],
        AcceptedAcrValues = reader.Texts() ?? [],
        Resources = reader.Texts() ?? [],
        AuthorizationDetails = reader.Json(PendingLoginJson.Default.JsonArray),
        RequestContext = reader.Json(PendingLoginJson.Default.JsonObject),
        Parameters = reader.Json(PendingLoginJson.Default.JsonObject),
    };

    // Whose the payload is and where the login stands, so that neither can be exchanged.
    private static byte[] SealOf(string id, string method, PendingLoginState state) => SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{(int)state}\n{method}"))[..SealLength];

    /// <summary>Writes values of which most are absent: what is absent is one byte.</summary>
    private sealed class PackWriter(Stream stream) : BinaryWriter(stream)
    {
        public void Put(long number) => Write7BitEncodedInt64(number);

        public void Put(DateTimeOffset? time) => Put(time?.UtcTicks ?? 0);

        public void Put(byte[]? bytes)
        {
            Put((bytes?.Length + 1L) ?? 0);
            Write(bytes ?? []);
        }

        public void Put(string? text) => Put(text is null ? null : Encoding.UTF8.GetBytes(text));

        public void Put(IReadOnlyList<string>? texts)
        {
            Put((texts?.Count + 1L) ?? 0);
            foreach (var text in texts ?? [])
            {
                Put(text);
            }
        }

        public void Put<T>(T? value, JsonTypeInfo<T> type)
            where T : class => Put(value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    private sealed class PackReader(Stream stream) : BinaryReader(stream)
    {
        public long Number() => Read7BitEncodedInt64();

        public DateTimeOffset Time() => new(Number(), TimeSpan.Zero);

        public DateTimeOffset? TimeOrNull() => Number() is not 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

        public byte[]? Bytes() => Number() is not 0 and var length ? Exactly((int)length - 1) : null;

        public string? Text() => Bytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

        public string RequiredText() => Text() ?? throw new FormatException("A text is missing.");

        public IReadOnlyList<string>? Texts() => Number() is not 0 and var count ? [.. Enumerable.Range(0, (int)count - 1).Select(_ => RequiredText())] : null;

        public T? Json<T>(JsonTypeInfo<T> type)
            where T : class => Bytes() is { } bytes ? JsonSerializer.Deserialize(bytes, type) : null;

        private byte[] Exactly(int length) => ReadBytes(length) is var bytes && bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReceivedNotification))]
[JsonSerializable(typeof(ApprovedAnswer))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class PendingLoginJson : JsonSerializerContext;
