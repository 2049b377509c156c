namespace SsoCibaMethod.Messages;

/// <summary>Names the texts of the login page: <c>IStringLocalizer&lt;CibaMessages&gt;</c> serves them in the current UI culture.</summary>
public sealed class CibaMessages
{
    private CibaMessages()
    {
    }
}
