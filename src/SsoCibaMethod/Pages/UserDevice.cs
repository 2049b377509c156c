using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Pages;

/// <summary>What can be told of the device a page is read on. A guess: it orders and advises, and decides nothing.</summary>
internal static class UserDevice
{
    public static bool IsPhone(HttpRequest request) => request.Headers["Sec-CH-UA-Mobile"].ToString() switch
    {
        "?1" => true,
        "?0" => false,
        _ => request.Headers.UserAgent.ToString().Contains("Mobi", StringComparison.Ordinal),
    };
}
