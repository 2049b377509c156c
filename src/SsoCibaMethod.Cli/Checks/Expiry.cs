using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>Judges until when a certificate is good, in whole days.</summary>
internal static class Expiry
{
    /// <summary>How long before its end somebody should begin to renew a certificate.</summary>
    private static readonly TimeSpan Warning = TimeSpan.FromDays(30);

    /// <summary>That of a server renews itself late in a short life; then a fifth of that is left.</summary>
    public static TimeSpan WarningOf(DateTimeOffset notBefore, DateTimeOffset notAfter) => (notAfter - notBefore) / 5 is var fifth && fifth < Warning ? fifth : Warning;

    public static Finding Judge(string what, X509Certificate2 certificate, DateTimeOffset now, string cure) =>
        Judge(what, new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter), now, Warning, cure);

    public static Finding Judge(string what, DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset now, TimeSpan warning, string cure) =>
        notBefore > now ? Finding.Error($"{what} is good only from {Day(notBefore)} on.", $"{cure} If it is good already, set this machine's clock.")
        : notAfter <= now ? Finding.Error($"{what} expired on {Day(notAfter)}.", cure)
        : notAfter - now < warning ? Finding.Warning($"{what} expires on {Day(notAfter)}, in {Days(notAfter - now)}.", cure)
        : Finding.Ok($"{what}, until {Day(notAfter)} ({Days(notAfter - now)})");

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Days(TimeSpan time) => time.TotalDays < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalDays):0} days");
}
