namespace SsoCibaMethod.Tests.Methods;

/// <summary>Settings that exclude each other or need each other, and what the page may look like.</summary>
public sealed class RuleTests : IDisposable
{
    private readonly KeyFiles _files = new();

    [Theory]
    [InlineData("Page:Accent", "navy", "Page:Accent is \"navy\"; write a colour as #rrggbb")]
    [InlineData("Page:Accent", "#12345", "write a colour as #rrggbb")]
    [InlineData("Page:Accent", "0123456", "write a colour as #rrggbb")]
    [InlineData("Page:Accent", "#12345g", "write a colour as #rrggbb")]
    [InlineData("Page:AccentDark", "#000000", "Page:AccentDark is \"#000000\"; its contrast to #161b23 is")]
    [InlineData("Page:Languages:0", "klingon-1", "Page:Languages holds \"klingon-1\"")]
    [InlineData("Page:Logo", "/nowhere/logo.gif", "Page:Logo is \"/nowhere/logo.gif\"; name an .svg, .png or .webp file")]
    [InlineData("Page:Logo", "/nowhere/logo.svg", "there is no such file")]
    [InlineData("Page:Help", "http://help.example", "Page:Help is \"http://help.example\"; write an address on this site")]
    [InlineData("Page:Privacy", "javascript:alert(1)", "Page:Privacy is")]
    [InlineData("Page:Accessibility", "//elsewhere.example", "Page:Accessibility is")]
    [InlineData("Page:Accessibility", "/\\elsewhere.example", "Page:Accessibility is")]
    [InlineData("Page:OtherWays:Password", "Nobody", "Page:OtherWays:Password is \"Nobody\"; name a scheme of the application")]
    public void A_page_that_cannot_be_so_is_a_fault(string name, string value, string fault)
    {
        using var settings = MethodSettings.Bank((name, value));

        Assert.Contains(settings.Method().Faults, told => told.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_logo_has_64_KB_at_most()
    {
        using var least = MethodSettings.Bank(("Page:Logo", _files.Write("logo.svg", new string(' ', 64 * 1024))));
        using var more = MethodSettings.Bank(("Page:Logo", _files.Write("larger.PNG", new string(' ', (64 * 1024) + 1))));

        Assert.Empty(least.Method().Faults);
        Assert.Contains("the file is larger than 64 KB", Assert.Single(more.Method().Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LoginHint:Claim", "email", "LoginHint:Claim is set, but LoginHint:Source is typed")]
    [InlineData("LoginHint:SubjectClaim", "op_sub", "LoginHint:SubjectClaim is set, but LoginHint:Source is typed")]
    [InlineData("LoginHint:Scheme", "Cookies", "LoginHint:Scheme is set, but LoginHint:Source is typed")]
    public void Whoever_types_a_hint_is_known_by_no_claim(string name, string value, string fault)
    {
        using var settings = MethodSettings.Bank((name, value));

        Assert.Contains(fault, Assert.Single(settings.Method().Faults), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "U-40")]
    public void A_method_that_confirms_a_user_must_know_whose_hint_and_whose_approval_it_is()
    {
        using var settings = MethodSettings.Bank(("LoginHint:Source", "claim"), ("LoginHint:Remember", "true"), ("LoginHint:Scheme", "Nobody"));

        Assert.All(
            ["LoginHint:Claim is missing", "LoginHint:SubjectClaim is missing", "LoginHint:Remember is true", "LoginHint:Scheme is \"Nobody\""],
            fault => Assert.Contains(settings.Method().Faults, told => told.Contains(fault, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_OPs_metadata_has_one_source()
    {
        using var both = MethodSettings.Bank(("MetadataAddress", "https://op.example/metadata"), ("ProviderMetadata", _files.Write("op.json", """{"issuer":"https://op.example"}""")));
        using var none = new MethodSettings(new() { ["Ciba:Methods:Bank:ClientId"] = "app", ["Ciba:Methods:Bank:ClientSecret"] = "secret" });

        Assert.Contains("MetadataAddress and ProviderMetadata exclude each other", Assert.Single(both.Method().Faults), StringComparison.Ordinal);
        Assert.Contains("Authority is missing", Assert.Single(none.Method().Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_secret_basic", "")]
    [InlineData("client_secret_post", " \n")]
    [InlineData("client_secret_jwt", "")]
    public void A_file_of_a_secret_must_hold_one(string method, string content)
    {
        using var settings = new MethodSettings(new()
        {
            ["Ciba:Methods:Bank:Authority"] = "https://op.example",
            ["Ciba:Methods:Bank:ClientId"] = "app",
            ["Ciba:Methods:Bank:ClientAuthentication:Method"] = method,
            ["Ciba:Methods:Bank:ClientSecretFile"] = _files.Write("secret", content),
        });

        Assert.Contains(settings.Method().Faults, told => told.Contains("secret is empty", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("client_secret_jwt", "RS256", "ClientAuthentication:Algorithm: ")]
    [InlineData("private_key_jwt", "HS256", "ClientAuthentication:Key: ")]
    public void An_algorithm_belongs_to_its_method(string method, string algorithm, string fault)
    {
        using var settings = MethodSettings.Bank(
            ("ClientAuthentication:Method", method), ("ClientAuthentication:Algorithm", algorithm), ("ClientAuthentication:Key", _files.WriteKey("key.pem")),
            ("ClientSecret", "a-secret-that-has-thirty-two-bytes-and-more"));

        Assert.Contains(settings.Method().Faults, told => told.Contains(fault, StringComparison.Ordinal));
    }

    public void Dispose() => _files.Dispose();
}
