using System.Text;

namespace SsoCibaMethod.Testing.Fuzzing;

/// <summary>Bytes in a report of failures: enough to see what they are. The seed makes all of them again.</summary>
public static class FuzzText
{
    private const int Readable = 600;
    private const int Exact = 1200;

    public static string Of(byte[] bytes) => $"{Encoding.UTF8.GetString(Start(bytes, Readable))} = {Convert.ToBase64String(Start(bytes, Exact))}{(bytes.Length > Exact ? "…" : "")}";

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    private static ReadOnlySpan<byte> Start(byte[] bytes, int length) => bytes.AsSpan(0, Math.Min(bytes.Length, length));
}
