using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SsoCibaMethod.Methods;

/// <summary>Where an OP fetches the method's public keys: its <c>jwks_uri</c> (RFC 7591 §2).</summary>
internal static class JwksEndpoint
{
    // As long as an OP may go on with the keys it has; a key that is to come must be published this much earlier.
    private const string Caching = "public, max-age=300";

    public static async Task AnswerAsync(HttpContext context, CibaMethod method)
    {
        var response = context.Response;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }

        if (method.Keys is not { } keys)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var body = Encoding.UTF8.GetBytes(keys.Write());
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"");
        response.Headers.CacheControl = Caching;
        response.Headers.ETag = tag.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(seen => seen.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        // What every OP takes; some know no other type of JSON.
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
