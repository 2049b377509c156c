using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SsoCibaMethod.Benchmarks.Op;

/// <summary>What the OP answers: to a poll that nobody has decided yet, to a request that it will ask the user.</summary>
internal sealed class OpEndpoints(PollLedger ledger)
{
    private const int Interval = 5;

    private static readonly byte[] Pending = """{"error":"authorization_pending"}"""u8.ToArray();

    public async Task AnswerAsync(HttpContext context)
    {
        var arrivedAt = TimeProvider.System.GetTimestamp();
        var issuer = $"{context.Request.Scheme}://{context.Request.Host}";
        switch (context.Request.Path.Value)
        {
            case "/token":
                await PollAsync(context, arrivedAt);
                break;
            case "/bc":
                await JsonAsync(context, $$"""{"auth_req_id":"{{Guid.NewGuid():N}}","expires_in":600,"interval":{{Interval}}}""");
                break;
            case "/.well-known/openid-configuration":
                await JsonAsync(context, Metadata(issuer));
                break;
            case "/jwks":
                await JsonAsync(context, """{"keys":[]}""");
                break;
            case "/counts":
                var counts = ledger.Take();
                await JsonAsync(context, $$"""{"Polls":{{counts.Polls}},"Early":{{counts.Early}},"Overlaps":{{counts.Overlaps}}}""");
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private static string Metadata(string issuer) => $$"""
        {"issuer":"{{issuer}}","backchannel_authentication_endpoint":"{{issuer}}/bc","token_endpoint":"{{issuer}}/token","jwks_uri":"{{issuer}}/jwks",
        "grant_types_supported":["urn:openid:params:grant-type:ciba"],"backchannel_token_delivery_modes_supported":["poll"],
        "token_endpoint_auth_methods_supported":["client_secret_basic","private_key_jwt"],"token_endpoint_auth_signing_alg_values_supported":["ES256"],
        "id_token_signing_alg_values_supported":["ES256","RS256"]}
        """;

    private static async Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json));
    }

    private async Task PollAsync(HttpContext context, long arrivedAt)
    {
        var reader = context.Request.BodyReader;
        var read = await reader.ReadAsync();
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync();
        }

        var poll = ledger.Arrived(AuthReqId(read.Buffer), arrivedAt);
        reader.AdvanceTo(read.Buffer.End);
        context.Response.StatusCode = 400;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Pending.Length;

        // The interval counts from the making of the answer: the reading of the rule that forgives least here.
        ledger.Answered(poll);
        await context.Response.Body.WriteAsync(Pending);
        ledger.Over(poll);
    }

    private static string AuthReqId(ReadOnlySequence<byte> body)
    {
        ReadOnlySpan<byte> form = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        var value = form[(form.IndexOf("auth_req_id="u8) + "auth_req_id=".Length)..];
        var end = value.IndexOf((byte)'&');
        return Encoding.ASCII.GetString(end < 0 ? value : value[..end]);
    }
}
