using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>The line between the handler and the OP, tapped: it notes every confidential value that passes, by its name.</summary>
internal sealed class Wire() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
{
    private static readonly string[] Requested = ["client_secret", "client_assertion", "auth_req_id", "user_code", "login_hint"];
    private static readonly string[] Answered = ["auth_req_id", "access_token", "id_token"];

    private readonly ConcurrentBag<(string Name, string Value)> _seen = [];

    public ILookup<string, string> Confidential => _seen.Distinct().ToLookup(one => one.Name, one => one.Value, StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is { Parameter: { } credentials })
        {
            _seen.Add(("authorization", credentials));
        }

        if (request.Content is { } form)
        {
            var fields = QueryHelpers.ParseQuery(await form.ReadAsStringAsync(cancellationToken));
            Note(Requested, name => fields.TryGetValue(name, out var value) ? value.ToString() : null);
        }

        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        Note(Answered, name => answer.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null);
        return response;
    }

    private void Note(string[] names, Func<string, string?> find)
    {
        foreach (var name in names)
        {
            if (find(name) is { } value)
            {
                _seen.Add((name, value));
            }
        }
    }
}
