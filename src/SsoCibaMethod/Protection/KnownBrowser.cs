using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace SsoCibaMethod.Protection;

/// <summary>
/// A browser that has signed in here, and with which hints: what strangers do with those is not held against it, or anybody could lock a user out. It keeps this under
/// our protection, so that nobody can claim it.
/// </summary>
/// <param name="Id">A random name, which is also the key of its hashes.</param>
/// <param name="SignedInAt">When it last signed in.</param>
/// <param name="Hashes">The hints of its last sign-ins, the newest first.</param>
internal sealed record KnownBrowser(string Id, DateTimeOffset SignedInAt, IReadOnlyList<string> Hashes)
{
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    private const int MaximumHints = 3;
    private const int IdBytes = 16;

    public static KnownBrowser New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), default, []);

    /// <returns>The browser; <see langword="null"/> where the text is none of ours, or too old.</returns>
    public static KnownBrowser? Unprotect(string? text, IDataProtector protector, DateTimeOffset now)
    {
        try
        {
            var parts = string.IsNullOrEmpty(text) ? [] : protector.Unprotect(text).Split('\n');
            return parts.Length > 2 && DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture)) is var signedInAt && signedInAt + KnownFor > now
                ? new KnownBrowser(parts[0], signedInAt, parts[2..])
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public string Protect(IDataProtector protector) =>
        protector.Protect(string.Join('\n', [Id, SignedInAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), .. Hashes]));

    public bool Knows(CibaLoginHint hint) => Hashes.Contains(HashOf(hint), StringComparer.Ordinal);

    public KnownBrowser With(CibaLoginHint hint, DateTimeOffset now) =>
        this with { SignedInAt = now, Hashes = [.. Hashes.Prepend(HashOf(hint)).Distinct(StringComparer.Ordinal).Take(MaximumHints)] };

    public override string ToString() => nameof(KnownBrowser);

    private string HashOf(CibaLoginHint hint) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Id), Encoding.UTF8.GetBytes(HintText.Of(hint))));
}
