using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Simulator.Wire;

/// <summary>Writes JSON of our own making, so that the JSON options of the host change nothing on the wire.</summary>
internal static class Answer
{
    public static Task JsonAsync(HttpContext context, JsonObject body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        NoStore(context.Response);
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext context, ProtocolError error)
    {
        if (error.Challenge)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"simulator\", charset=\"UTF-8\"";
        }

        return JsonAsync(context, new JsonObject { ["error"] = error.Code, ["error_description"] = error.Description }, error.Status);
    }

    /// <summary>Tokens and what leads to them stay out of caches (RFC 6749 §5.1).</summary>
    public static void NoStore(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
    }
}
