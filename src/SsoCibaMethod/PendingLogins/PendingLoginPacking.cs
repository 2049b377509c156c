using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SsoCibaMethod.Client;
using SsoCibaMethod.Pages;

namespace SsoCibaMethod.PendingLogins;

/// <summary>What stands under protection in a record, in few bytes: every login that waits carries it, and every write.</summary>
/// <remarks>The order here is the form: what changes it changes <see cref="Form"/>. What a login that waits mostly lacks comes last, and what is absent at the end takes no room.</remarks>
internal static class PendingLoginPacking
{
    /// <summary>The form, for the purpose of the protection: a payload of another cannot be read.</summary>
    public const string Form = "v3";

    private const string Digits = AttemptForm.NumberAlphabet;

    // A time takes a byte less from here than from the year 1.
    private static readonly long Epoch = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static byte[] Pack(PendingLogin login)
    {
        using var stream = new MemoryStream(512);
        using var writer = new PackWriter(stream, login.Deadline);
        var details = login.Details;
        writer.Put(login.Deadline.UtcTicks - Epoch);
        writer.Put(details.LoginHint);
        writer.Put(details.BindingCode);
        writer.Put(details.TypedHint, details.LoginHint);
        writer.Put(details.BindingMessage, details.BindingCode);
        writer.PutReference(details.Reference);
        writer.Put(details.Properties);
        writer.Put(details.CountedFor.Ticks);
        writer.Put(details.RequestedAt);
        writer.Put(details.ExpiresAt);
        writer.Put(details.Interval.Ticks);
        writer.Put((long)details.ClientFingerprint);
        writer.Put(details.AuthReqId);
        Put(writer, details.Content);
        writer.Put((long)details.HintKind);
        writer.Put(details.ExpectedSubject);
        writer.Put(details.LocalUser);
        writer.Put((long)details.DeliveryMode);
        writer.Put(details.NotificationTokenHash);
        writer.Put(details.Notification, PendingLoginJson.Default.ReceivedNotification);
        writer.Put(details.ShownUntil);
        writer.Put((long)details.WrongUserCodes);
        writer.Put(details.RetryAt);
        writer.Put(details.IsRefused ? 1L : 0);
        writer.Put(details.HintToRemember);
        writer.Put(details.AuthReqIdHash);
        writer.Put(details.MessageKey);
        writer.Put(details.Answer, PendingLoginJson.Default.ApprovedAnswer);
        writer.Put(details.TokensReceivedAt);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a payload.</summary>
    /// <exception cref="IOException">It ends too soon.</exception>
    /// <exception cref="JsonException">A part of it is none of ours.</exception>
    /// <exception cref="FormatException">The same.</exception>
    public static (DateTimeOffset Deadline, PendingLoginDetails Details) Unpack(byte[] payload)
    {
        using var stream = new MemoryStream(payload);
        using var reader = new PackReader(stream);
        return (reader.Deadline, Details(reader));
    }

    private static PendingLoginDetails Details(PackReader reader)
    {
        var (hint, code) = (reader.RequiredText(), reader.RequiredText());
        return new PendingLoginDetails
        {
            LoginHint = hint,
            BindingCode = code,
            TypedHint = reader.TextOr(hint),
            BindingMessage = reader.TextOr(code),
            Reference = reader.Reference(),
            Properties = reader.Bytes() ?? [],
            CountedFor = TimeSpan.FromTicks(reader.Number()),
            RequestedAt = reader.Time() ?? default,
            ExpiresAt = reader.Time() ?? default,
            Interval = TimeSpan.FromTicks(reader.Number()),
            ClientFingerprint = (int)reader.Number(),
            AuthReqId = reader.Text(),
            Content = Content(reader),
            HintKind = (HintKind)reader.Number(),
            ExpectedSubject = reader.Text(),
            LocalUser = reader.Text(),
            DeliveryMode = (TokenDeliveryMode)reader.Number(),
            NotificationTokenHash = reader.Text(),
            Notification = reader.Json(PendingLoginJson.Default.ReceivedNotification),
            ShownUntil = reader.Time(),
            WrongUserCodes = (int)reader.Number(),
            RetryAt = reader.Time(),
            IsRefused = reader.Number() == 1,
            HintToRemember = reader.Text(),
            AuthReqIdHash = reader.Text(),
            MessageKey = reader.Text(),
            Answer = reader.Json(PendingLoginJson.Default.ApprovedAnswer),
            TokensReceivedAt = reader.Time() ?? default,
        };
    }

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

    /// <summary>Writes values of which most are absent: what is absent is one byte, and none at the end.</summary>
    private sealed class PackWriter(Stream stream, DateTimeOffset deadline) : BinaryWriter(stream)
    {
        // Written only when something follows.
        private int _absent;

        public void Put(long number)
        {
            if (number == 0)
            {
                _absent++;
                return;
            }

            for (; _absent > 0; _absent--)
            {
                Write((byte)0);
            }

            Write7BitEncodedInt64(number);
        }

        // By how much it is before or after the deadline, which is shorter than the time: even numbers before, odd ones after; 0 is no time.
        public void Put(DateTimeOffset? time) => Put(time is not { UtcTicks: not 0 and var ticks } ? 0 : ticks > deadline.UtcTicks ? (2 * (ticks - deadline.UtcTicks)) + 1 : 2 * (deadline.UtcTicks - ticks + 1));

        public void Put(byte[]? bytes)
        {
            Put((bytes?.Length + 1L) ?? 0);
            Write(bytes ?? []);
        }

        public void Put(string? text) => Put(text is null ? null : Encoding.UTF8.GetBytes(text));

        // Eight letters and digits take six bytes as a number.
        public void PutReference(string reference)
        {
            Put(AttemptForm.IsNumber(reference) ? 1 + reference.Aggregate(0L, (number, character) => (number * Digits.Length) + Digits.IndexOf(character, StringComparison.Ordinal)) : 0);
            if (!AttemptForm.IsNumber(reference))
            {
                Put(reference);
            }
        }

        // One that is mostly the same as another.
        public void Put(string? text, string other)
        {
            Put(text == other ? 1L : 0);
            if (text != other)
            {
                Put(text);
            }
        }

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

    private sealed class PackReader : BinaryReader
    {
        public PackReader(Stream stream)
            : base(stream) => Deadline = new DateTimeOffset(Epoch + Number(), TimeSpan.Zero);

        public DateTimeOffset Deadline { get; }

        public long Number() => BaseStream.Position < BaseStream.Length ? Read7BitEncodedInt64() : 0;

        public DateTimeOffset? Time() => Number() switch
        {
            0 => null,
            var number when long.IsOddInteger(number) => Deadline.AddTicks(number / 2),
            var number => Deadline.AddTicks(1 - (number / 2)),
        };

        public byte[]? Bytes() => Number() is not 0 and var length ? Exactly((int)length - 1) : null;

        public string? Text() => Bytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

        public string? TextOr(string other) => Number() == 1 ? other : Text();

        public string Reference() => Number() is not 0 and var number ? Digitized(number - 1) : RequiredText();

        public string RequiredText() => Text() ?? throw new FormatException("A text is missing.");

        public IReadOnlyList<string>? Texts() => Number() is not 0 and var count ? [.. Enumerable.Range(0, (int)count - 1).Select(_ => RequiredText())] : null;

        public T? Json<T>(JsonTypeInfo<T> type)
            where T : class => Bytes() is { } bytes ? JsonSerializer.Deserialize(bytes, type) : null;

        private static string Digitized(long number)
        {
            Span<char> text = stackalloc char[AttemptForm.NumberLength];
            for (var i = text.Length - 1; i >= 0; i--)
            {
                (number, var digit) = Math.DivRem(number, Digits.Length);
                text[i] = Digits[(int)Math.Abs(digit)];
            }

            return new string(text);
        }

        private byte[] Exactly(int length) => ReadBytes(length) is var bytes && bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReceivedNotification))]
[JsonSerializable(typeof(ApprovedAnswer))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class PendingLoginJson : JsonSerializerContext;
