using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Tests.Methods;

public class CatalogTests
{
    [Fact]
    public void A_good_edit_is_in_force_and_logins_under_way_keep_the_method_they_began_with()
    {
        using var settings = MethodSettings.Bank();
        var before = settings.Method();

        settings.Change("Ciba:Methods:Bank:DisplayName", "The Bank");

        Assert.Equal("The Bank", settings.Method().DisplayName);
        Assert.Equal("Bank", before.DisplayName);
    }

    [Fact]
    public void A_bad_edit_keeps_what_worked_and_the_log_says_why()
    {
        using var settings = MethodSettings.Bank();
        var before = settings.Method();

        settings.Change("Ciba:Methods:Bank:Polling:Interval", "5");

        Assert.Same(before, settings.Method());
        Assert.Contains("Polling:Interval is \"5\"", settings.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mending_the_file_a_fault_is_about_opens_the_method()
    {
        using var files = new KeyFiles();
        using var settings = MethodSettings.Bank(("ClientAuthentication:Certificate", files.Write("client.pem", "no certificate")));
        Assert.NotEmpty(settings.Method().Faults);

        _ = files.WriteCertificate("client.pem");
        settings.Catalog.ReadChangedFiles();

        Assert.Empty(settings.Method().Faults);
    }

    [Theory]
    [Trait("Spec", "T-28")]
    [InlineData("issuer", 0)]
    [InlineData("token_endpoint", 1)]
    public void An_assertion_for_another_audience_than_the_issuer_is_warned_of_once(string audience, int warnings)
    {
        using var settings = MethodSettings.Bank(("ClientAuthentication:Method", "client_secret_jwt"), ("ClientSecret", new string('s', 32)), ("ClientAuthentication:Audience", audience));
        Assert.Empty(settings.Method().Faults);

        settings.Change("Somebody:Elses", "setting");

        Assert.Equal(warnings, settings.Log.Lines.Count(line => line.Id.Name == "AudienceIsEndpoint"));
    }

    [Fact]
    public void A_method_that_is_removed_takes_no_login_any_more()
    {
        using var settings = MethodSettings.Bank();
        Assert.True(settings.Method().IsOpen);
        foreach (var entry in settings.Configuration.GetSection("Ciba:Methods:Bank").AsEnumerable().Where(entry => entry.Value is not null).ToList())
        {
            settings.Configuration[entry.Key] = null;
        }

        settings.Configuration.Reload();

        Assert.False(settings.Method().IsOpen);
    }

    [Fact]
    public void A_change_elsewhere_keeps_the_method_with_its_connections()
    {
        using var settings = MethodSettings.Bank();
        var before = settings.Method();

        settings.Change("Logging:LogLevel:Default", "Debug");

        Assert.Same(before, settings.Method());
    }

    [Fact]
    public void A_switched_off_method_never_takes_the_hosts_own_pages()
    {
        using var settings = MethodSettings.Bank(("CallbackPath", "/"));

        Assert.Equal("/signin-bank", settings.Method().Options.CallbackPath);
    }

    [Fact]
    public void A_faulty_method_is_switched_off_alone()
    {
        using var settings = new MethodSettings(new()
        {
            ["Ciba:Methods:Good:Authority"] = "https://op.example",
            ["Ciba:Methods:Good:ClientId"] = "app",
            ["Ciba:Methods:Good:ClientSecret"] = "secret",
            ["Ciba:Methods:Bad:ClientId"] = "app",
        });

        Assert.True(settings.Method("Good").IsOpen);
        Assert.False(settings.Method("Bad").IsOpen);
        Assert.Empty(settings.Catalog.FaultsInCode());
    }

    [Theory]
    [InlineData("/signin-good")]
    [InlineData("/signin-good/below")]
    public void Callback_paths_that_overlap_are_a_fault_of_both(string path)
    {
        using var settings = new MethodSettings(new()
        {
            ["Ciba:Defaults:Authority"] = "https://op.example",
            ["Ciba:Defaults:ClientId"] = "app",
            ["Ciba:Defaults:ClientSecret"] = "secret",
            ["Ciba:Methods:Good:Enabled"] = "true",
            ["Ciba:Methods:Other:CallbackPath"] = path,
        });

        Assert.All(["Good", "Other"], name => Assert.Contains(settings.Method(name).Faults, fault => fault.Contains("overlaps", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_registration_document_fills_what_the_settings_leave_out()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """
                {"client_id":"registered","client_secret":"a-secret","token_endpoint_auth_method":"client_secret_post","id_token_signed_response_alg":"ES256","scope":"openid email"}
                """);
            using var settings = new MethodSettings(new() { ["Ciba:Methods:Bank:Authority"] = "https://op.example", ["Ciba:Methods:Bank:ClientMetadata"] = path, ["Ciba:Methods:Bank:ClientId"] = "mine" });

            var options = settings.Method().Options;
            Assert.Empty(settings.Method().Faults);
            Assert.Equal(("mine", "client_secret_post"), (options.ClientId, options.ClientAuthentication.Method));
            Assert.Equal(["ES256"], options.IdTokenSigningAlgorithms);
            Assert.Equal(["openid", "email"], options.Scope);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
