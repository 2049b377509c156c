using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Methods;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod.Pages;

/// <summary>By which settings a request is answered: those of now, or, after a change, those that its login began with or that had their page at its address.</summary>
internal sealed class MethodRoutes
{
    private readonly HttpContext _context;
    private readonly AuthenticationScheme _scheme;
    private readonly PathString _pathBase;
    private readonly CibaMethodCatalog _catalog;

    public MethodRoutes(HttpContext context, AuthenticationScheme scheme, PathString pathBase)
    {
        (_context, _scheme, _pathBase) = (context, scheme, pathBase);
        _catalog = context.RequestServices.GetRequiredService<CibaMethodCatalog>();
        Method = _catalog.FindAt(scheme.Name, context.Request.Path);
    }

    /// <summary>Whether the page of a method, or what belongs to it, is at an address now, or was before a change.</summary>
    public static bool IsPageOf(CibaOptions options, PathString path, out PathString below)
    {
        below = default;
        if (!options.CallbackPath.HasValue || path.StartsWithSegments(options.CallbackPath, out below))
        {
            return options.CallbackPath.HasValue;
        }

        foreach (var former in options.FormerCallbackPaths)
        {
            if (path.StartsWithSegments(former, out below))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the method refuses a request: one that is switched off begins nothing. A login under way comes to its end, and the page that asks after one gets an answer it understands.
    /// </summary>
    public static async Task<bool> IsClosedAsync(LoginFlow flow, PathString below)
    {
        if (flow.Method.IsOpen || below == OtherWay.Route || below == "/status")
        {
            return false;
        }

        var isPost = HttpMethods.IsPost(flow.Context.Request.Method);
        return await flow.FindLoginAsync() is null || (isPost && below != "/cancel" && !(below == "/code" && flow.Method.HasClient));
    }

    /// <summary>The method whose page is at the address.</summary>
    public CibaMethod? Method { get; }

    /// <summary>Whether the page at the address is another method's by now, and the request about no login that began here.</summary>
    public async Task<bool> IsAnothersAsync()
    {
        if (Method is not { IsRetired: true } method || !_catalog.IsOthers(_scheme.Name, _context.Request.Path))
        {
            return false;
        }

        var flow = new LoginFlow(_context, _scheme, method, _pathBase);
        try
        {
            return await flow.FindLoginAsync() is null;
        }
        catch (StoreException)
        {
            // Whose it is cannot be told now; the cookie says that something began here.
            return !flow.IsUnderWay;
        }
    }

    /// <summary>The same request by the settings that its login began with, where others are in force since.</summary>
    public async Task<LoginFlow> AsItBeganAsync(LoginFlow flow) =>
        _catalog.HasFormer(_scheme.Name) && await flow.FindLoginAsync() is { } login && _catalog.FindFor(login) is { } began
        && began != flow.Method && began.Options.CallbackPath == flow.Options.CallbackPath
            ? new LoginFlow(_context, _scheme, began, _pathBase)
            : flow;

    /// <summary>Leads from where the page was before to where it is now, whoever has no login under way there; a form keeps what it sends (RFC 9110 §15.4.8).</summary>
    /// <returns>Whether the request has been answered.</returns>
    public async Task<bool> TryLeadOnAsync(LoginFlow flow, PathString below)
    {
        if (!flow.Method.IsRetired || below == "/status" || _catalog.Find(_scheme.Name) is not { IsOpen: true } now || now.Options.CallbackPath == flow.Options.CallbackPath
            || await flow.FindLoginAsync() is not null)
        {
            return false;
        }

        PageRenderer.Protect(_context.Response);
        _context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        _context.Response.Headers.Location = _pathBase.Add(now.Options.CallbackPath).Add(below).ToUriComponent() + _context.Request.QueryString;
        return true;
    }
}
