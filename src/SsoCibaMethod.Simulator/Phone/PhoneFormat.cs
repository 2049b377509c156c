using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SsoCibaMethod.Simulator.Phone;

/// <summary>Small things the pages need written out.</summary>
internal static class PhoneFormat
{
    public static int SecondsLeft(CibaSimulatorRequest request, DateTimeOffset now) =>
        Math.Max(0, (int)Math.Ceiling((request.ExpiresAt - now).TotalSeconds));

    public static string Clock(int seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Initials(CibaSimulatorAccount account) => string.Concat(
        account.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => StringInfo.GetNextTextElement(word)));

    /// <summary>A short name of a request for the ids of its elements, so that a focused button is found again, and never mistaken for another's.</summary>
    public static string Mark(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 6));

    public static string Ago(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => "Just now",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h ago"),
    };
}
