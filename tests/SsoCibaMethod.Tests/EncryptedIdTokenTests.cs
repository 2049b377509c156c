using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Tests.Hosting;
using SsoCibaMethod.Tests.Hosts;
using SsoCibaMethod.Tests.Methods;

namespace SsoCibaMethod.Tests;

[Trait("Spec", "T-13")]
public sealed class EncryptedIdTokenTests : IDisposable
{
    private readonly KeyFiles _files = new();
    private readonly ScriptedOp _op = new();
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose()
    {
        _files.Dispose();
        _op.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task An_encrypted_ID_token_signs_in_and_the_signed_one_inside_is_what_is_kept()
    {
        string? saved = null;
        await using var host = await StartAsync(app =>
        {
            app.UseAuthentication();
            app.Map("/me", branch => branch.Run(async context =>
            {
                saved = await context.GetTokenAsync("id_token");
                await (saved is null ? context.ChallengeAsync() : Task.CompletedTask);
            }));
        });
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        string? signed = null;
        _op.OnPoll = poll =>
        {
            var tokens = _op.Tokens(poll["auth_req_id"]!);
            signed = (string?)tokens["id_token"];
            tokens["id_token"] = Encrypt(signed!);
            return ScriptedOp.Json(tokens);
        };

        Assert.Equal("approved", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        _ = await browser.OpenAsync(waiting.Address.ToString());

        Assert.True(browser.IsSignedIn());
        Assert.Equal(signed, saved);
    }

    [Fact]
    public async Task Once_encryption_is_agreed_a_token_that_is_only_signed_is_refused()
    {
        await using var host = await StartAsync();
        using var browser = host.CreateBrowser();
        var waiting = await host.BeginAsync(browser);
        _op.OnPoll = poll => ScriptedOp.Json(_op.Tokens(poll["auth_req_id"]!));

        Assert.Equal("failed", await host.AdvanceUntilNotAsync(browser, waiting, "waiting"));
        Assert.Contains(host.Log.Lines, line => line.Id.Name == "LoginFailed" && line.Text.Contains("The ID token was refused", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("IdTokenDecryption:Algorithms", "RSA-OAEP", "IdTokenDecryption:Key is missing")]
    [InlineData("IdTokenDecryption:Key", "/nowhere/key.pem", "IdTokenDecryption:Key: /nowhere/key.pem")]
    [InlineData("IdTokenDecryption:FurtherKeys:old", "/nowhere/key.pem", "IdTokenDecryption:Key is missing")]
    public void What_cannot_decrypt_is_a_fault(string name, string value, string fault)
    {
        using var settings = MethodSettings.Bank((name, value));

        Assert.Contains(settings.Method().Faults, told => told.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Algorithms", "RSA1_5")]
    [InlineData("ContentEncryption", "A1")]
    public void An_algorithm_nobody_should_use_is_a_fault(string name, string value)
    {
        using var settings = MethodSettings.Bank(("IdTokenDecryption:Key", WriteKey()), ($"IdTokenDecryption:{name}", value));

        Assert.Contains(settings.Method().Faults, told => told.Contains($"IdTokenDecryption:{name} is a list of", StringComparison.Ordinal) && told.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Spec", "C-4")]
    public void A_registration_document_says_how_it_is_encrypted()
    {
        var document = _files.Write("client.json", """{"id_token_encrypted_response_alg":"RSA-OAEP-256"}""");
        using var settings = MethodSettings.Bank(("ClientMetadata", document), ("IdTokenDecryption:Key", WriteKey()));

        Assert.Empty(settings.Method().Faults);
        Assert.Equal(["RSA-OAEP-256"], settings.Method().Options.IdTokenDecryption.Algorithms);
        Assert.Equal(["A128CBC-HS256"], settings.Method().Options.IdTokenDecryption.ContentEncryption);
    }

    private string WriteKey() => _files.Write("decryption.pem", _key.ExportPkcs8PrivateKeyPem());

    private string Encrypt(string signed) => new JsonWebTokenHandler().EncryptToken(
        signed, new EncryptingCredentials(new RsaSecurityKey(_key.ExportParameters(false)), SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes128CbcHmacSha256));

    private async Task<CibaTestHost> StartAsync(Action<WebApplication>? pipeline = null)
    {
        var file = WriteKey();
        var host = await CibaTestHost.StartAsync(
            options =>
            {
                options.Authority = ScriptedOp.Issuer;
                options.BackchannelHttpHandler = _op;
                options.IdTokenSigningAlgorithms = ["ES256"];
                options.IdTokenDecryption.Key = file;
                options.SaveTokens = true;
            },
            pipeline: pipeline);
        _op.Clock = host.Clock;
        return host;
    }
}
