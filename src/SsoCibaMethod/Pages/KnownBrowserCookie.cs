using SsoCibaMethod.Protection;

namespace SsoCibaMethod.Pages;

/// <summary>The cookie that makes a browser known: set by a sign-in, of the same shape as those of the attempts, and lasting.</summary>
internal static class KnownBrowserCookie
{
    private const string Kind = "CibaKnown";

    public static KnownBrowser? Read(LoginFlow flow) =>
        KnownBrowser.Unprotect(flow.Context.Request.Cookies[flow.Cookies.Name(Kind)], flow.Protector.CreateProtector(Kind), flow.Logins.Now);

    /// <summary>Notes that this browser has signed in with a hint.</summary>
    public static void Write(LoginFlow flow, CibaLoginHint hint)
    {
        if (flow.Options.StartLimits.Enabled)
        {
            var browser = (Read(flow) ?? KnownBrowser.New()).With(hint, flow.Logins.Now);
            var shape = flow.Cookies.Shape();
            shape.MaxAge = KnownBrowser.KnownFor;
            flow.Context.Response.Cookies.Append(flow.Cookies.Name(Kind), browser.Protect(flow.Protector.CreateProtector(Kind)), shape);
        }
    }
}
