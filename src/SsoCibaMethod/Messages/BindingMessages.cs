namespace SsoCibaMethod.Messages;

/// <summary>What the phone shows beside the request: the text <c>UBAA_TEXT</c> with the attempt's code in it, or the code alone.</summary>
internal static class BindingMessages
{
    /// <summary>The binding message; <see langword="null"/> where none is sent.</summary>
    public static string? Create(CibaBindingMessageOptions options, MessageSet texts, string code) => options switch
    {
        { Enabled: false } => null,
        { CodeOnly: true } => code,
        _ => texts.Format(MessageKeys.BindingMessage, code),
    };

    /// <summary>Whether the phone will show the code: an administrator's text may leave it out.</summary>
    public static bool HasCode(CibaBindingMessageOptions options, MessageSet texts) =>
        options.Enabled && (options.CodeOnly || texts[MessageKeys.BindingMessage].Contains("{0", StringComparison.Ordinal));
}
