using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>
/// What a form carries under protection: the attempt's number, which only tells two tabs apart; its handle, which is the right to it; and its
/// code, drawn before the phone rings. The same form sent twice is the same attempt. That of a registered method also knows for which user it was made.
/// </summary>
internal sealed record AttemptForm(string Number, string Handle, string BindingCode, string? User = null)
{
    public const int NumberLength = 8;
    private const int HandleBytes = 32;

    // Of six bits each: more than anybody can search through for another handle with the same id.
    private const int IdLength = 22;
    public const string NumberAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    // As long as a challenge's state: a page kept open overnight may still be sent.
    private static readonly TimeSpan ValidFor = TimeSpan.FromDays(1);

    public static AttemptForm Draw(CibaBindingMessageOptions options) => new(
        RandomNumberGenerator.GetString(NumberAlphabet, NumberLength),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(HandleBytes)),
        RandomNumberGenerator.GetString(options.Alphabet, options.Length));

    public static bool IsNumber(string? text) => text?.Length == NumberLength && text.All(character => NumberAlphabet.Contains(character, StringComparison.Ordinal));

    /// <summary>The id of a login: the beginning of a hash of the browser's handle, which itself is stored nowhere.</summary>
    public static string IdOf(string handle) => SecretHash.Of(handle)[..IdLength];

    public static AttemptForm? Unprotect(string? text, IDataProtector protector, DateTimeOffset now)
    {
        try
        {
            var parts = protector.Unprotect(text ?? "").Split('\n');
            return parts.Length == 5 && DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[3], CultureInfo.InvariantCulture)) + ValidFor > now
                ? new AttemptForm(parts[0], parts[1], parts[2], parts[4] is { Length: > 0 } user ? user : null)
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public string Protect(IDataProtector protector, DateTimeOffset now) =>
        protector.Protect(string.Join('\n', Number, Handle, BindingCode, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), User));

    public override string ToString() => Number;
}
