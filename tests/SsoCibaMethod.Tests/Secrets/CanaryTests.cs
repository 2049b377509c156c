using System.Net;
using System.Text;
using System.Text.Json;
using SsoCibaMethod.Testing;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;

namespace SsoCibaMethod.Tests.Secrets;

/// <summary>Canaries go through every flow, and everything that came out is searched for them.</summary>
[Trait("Spec", "S-11")]
[Trait("Spec", "S-52")]
public class CanaryTests
{
    private const string Hint = "canary hint+358@example.com";
    private const string UserCode = "canary-user-code";

    public static TheoryData<string> Flows => ["approved", "declined", "expired", "cancelled", "refused", "refused at the token endpoint", "surprise", "wrong code"];

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task Nothing_confidential_comes_out(string flow)
    {
        using var wire = new Eavesdropper();
        await using var host = await CibaTestHost.StartAsync(wire: wire, simulator: options => options.Accounts.Add(new(Hint) { Name = "A bird", UserCode = UserCode }));
        using var browser = host.CreateBrowser();
        wire.RefuseAt = flow switch { "refused" => "/bc-authorize", "refused at the token endpoint" => "/token", _ => null };
        wire.ThrowAt = flow == "surprise" ? "/token" : null;

        var page = await host.BeginAsync(browser, Hint);
        if (flow != "refused")
        {
            page = await browser.SubmitAsync(page, "form[action*='/code']", ("user_code", flow == "wrong code" ? UserCode + "?" : UserCode));
        }

        var handles = browser.Handles().Select(cookie => cookie.Value).ToList();
        await EndAsync(host, browser, page, flow);

        string[] secrets = [CibaTestHost.Secret, UserCode, Hint, Uri.EscapeDataString(Hint), WebUtility.HtmlEncode(Hint), .. wire.Secrets, Convert.ToBase64String(Encoding.UTF8.GetBytes($"app:{CibaTestHost.Secret}")), .. handles.Select(handle => handle.Split('.')[0])];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, host.Log.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, Received(browser), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(wire.RefuseAt is not null, host.Log.Text.Contains("***", StringComparison.Ordinal));
        Assert.True(wire.Secrets.Count > 0 || flow is "refused" or "wrong code");
    }

    private static async Task EndAsync(CibaTestHost host, TestBrowser browser, TestPage page, string flow)
    {
        switch (flow)
        {
            case "approved":
                await host.ApproveAsync(browser, page, Hint);
                await browser.OpenAsync(page.Address.ToString());
                break;
            case "declined":
                host.Op.Decline((await host.Op.WaitForRequestAsync(Hint)).AuthReqId);
                await host.AdvanceUntilNotAsync(browser, page, "waiting");
                break;
            case "expired" or "refused at the token endpoint" or "surprise":
                await host.AdvanceUntilNotAsync(browser, page, "waiting");
                break;
            case "cancelled":
                await browser.SubmitAsync(page);
                break;
        }

        await browser.OpenAsync(page.Address.ToString());
    }

    // All that came, but for the two places where something belongs: the hint in its own field, the handle in its own cookie.
    private static string Received(TestBrowser browser)
    {
        var text = new StringBuilder();
        foreach (var line in browser.Received.SelectMany(answer => answer.Split('\n')))
        {
            var own = line.Contains("id=\"login_hint\"", StringComparison.Ordinal) || line.StartsWith("Set-Cookie: __Host-Ciba.", StringComparison.Ordinal);
            _ = own ? text : text.AppendLine(line);
        }

        return text.ToString();
    }

    /// <summary>Notes what is confidential on the wire, and repeats all it hears where it refuses.</summary>
    private sealed class Eavesdropper : DelegatingHandler
    {
        public List<string> Secrets { get; } = [];

        public string? RefuseAt { get; set; }

        public string? ThrowAt { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (ThrowAt is not null && path.EndsWith(ThrowAt, StringComparison.Ordinal))
            {
                throw new InvalidOperationException("A surprise on the wire.");
            }

            if (RefuseAt is not null && path.EndsWith(RefuseAt, StringComparison.Ordinal))
            {
                var fields = (await request.Content!.ReadAsStringAsync(cancellationToken)).Split('&')
                    .Where(field => field.StartsWith("login_hint=", StringComparison.Ordinal) || field.StartsWith("auth_req_id=", StringComparison.Ordinal) || field.StartsWith("user_code=", StringComparison.Ordinal))
                    .Select(field => field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..]).ToList();
                var said = string.Join(' ', [.. fields.Select(Uri.UnescapeDataString), .. fields, request.Headers.Authorization?.Parameter]);
                return new HttpResponseMessage(HttpStatusCode.BadRequest)
                {
                    Content = new StringContent(JsonSerializer.Serialize(new { error = "invalid_request", error_description = said }), Encoding.UTF8, "application/json"),
                };
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Post && answer.IsSuccessStatusCode)
            {
                var members = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).RootElement.EnumerateObject();
                Secrets.AddRange(members.Where(member => member.Name is "auth_req_id" or "access_token" or "id_token" or "refresh_token").Select(member => member.Value.GetString()!));
            }

            return answer;
        }
    }
}
