namespace SsoCibaMethod.Tests.Methods;

public class SettingsTests
{
    [Fact]
    public void A_complete_method_has_no_fault_and_the_defaults_of_the_specification()
    {
        using var settings = MethodSettings.Bank();

        var method = settings.Method();
        Assert.Empty(method.Faults);
        Assert.Equal("/signin-bank", method.Options.CallbackPath);
        Assert.Equal(TimeSpan.FromSeconds(5), method.Options.Polling.Interval);
        Assert.Equal(TimeSpan.FromMinutes(15), method.Options.MaximumLifetime);
        Assert.Equal(["RS256"], method.Options.IdTokenSigningAlgorithms);
    }

    [Theory]
    [InlineData("Authority", "http://op.example", "Authority is \"http://op.example\"; write an address that begins with https://")]
    [InlineData("Authority", "op.example", "write an address that begins with https://")]
    [InlineData("MetadataAddress", "https://user@op.example/x", "MetadataAddress is")]
    [InlineData("ClientId", " ", "ClientId is empty")]
    [InlineData("ClientSecret", "", "ClientSecret is empty")]
    [InlineData("ClientSecretFile", "/nowhere/secret", "ClientSecret and ClientSecretFile exclude each other")]
    [InlineData("ClientAuthentication:Method", "magic", "ClientAuthentication:Method is \"magic\"; write client_secret_basic")]
    [InlineData("ClientAuthentication:Method", "private_key_jwt", "ClientAuthentication:Key is missing")]
    [InlineData("ClientAuthentication:Key", "/nowhere/key.pem", "ClientAuthentication:Key: /nowhere/key.pem")]
    [InlineData("ClientAuthentication:Method", "client_secret_jwt", "ClientSecret: The client secret has 6 bytes; HS256 needs at least 32")]
    [InlineData("ClientAuthentication:Audience", "anybody", "ClientAuthentication:Audience is \"anybody\"; write issuer or token_endpoint or endpoint")]
    [InlineData("Scope", "profile", "Scope lacks openid")]
    [InlineData("IdTokenSigningAlgorithms", "none", "IdTokenSigningAlgorithms holds \"none\"")]
    [InlineData("Polling:Interval", "5", "Polling:Interval is \"5\"; write a duration as \"hours:minutes:seconds\", for example \"00:00:05\"")]
    [InlineData("Polling:Interval", "00:00:04", "Polling:Interval is \"00:00:04\"; write a duration from \"00:00:05\"")]
    [InlineData("Polling:IntervalIncrease", "00:00:01", "Polling:IntervalIncrease is \"00:00:01\"")]
    [InlineData("ClockSkew", "00:06:00", "ClockSkew is \"00:06:00\"")]
    [InlineData("MaximumLifetime", "00:00:10", "MaximumLifetime is")]
    [InlineData("RequestedExpiry", "00:00:00", "RequestedExpiry is")]
    [InlineData("BindingMessage:Length", "many", "BindingMessage:Length is \"many\"; write a whole number")]
    [InlineData("BindingMessage:Length", "2", "BindingMessage:Length is 2")]
    [InlineData("BindingMessage:Alphabet", "AAAAAAAAAAAA", "BindingMessage:Alphabet needs")]
    [InlineData("BindingMessage:Enabled", "yes", "BindingMessage:Enabled is \"yes\"; write true or false")]
    [InlineData("TokenDeliveryMode", "shove", "TokenDeliveryMode is \"shove\"; write poll or ping or push")]
    [InlineData("Profile", "mycloak", "Profile is \"mycloak\"; write auth0")]
    [InlineData("ErrorTexts:slow_down", "LOGIN_FAILED", "ErrorTexts:slow_down is not possible")]
    [InlineData("ErrorTexts:invalid_request", "OOPS", "ErrorTexts:invalid_request is \"OOPS\"; write LOGIN_CANCEL, ")]
    [InlineData("ErrorTexts", "OOPS", "ErrorTexts is \"OOPS\"; write an object")]
    [InlineData("LoginHint:Format", "json", "LoginHint:Format is \"json\"; write plain or iss_sub")]
    [InlineData("UserCode", "maybe", "UserCode is \"maybe\"; write true or false")]
    [InlineData("GetClaimsFromUserInfoEndpoint", "1", "GetClaimsFromUserInfoEndpoint is \"1\"; write true or false")]
    [InlineData("Resources", "api", "Resources holds \"api\"; write an absolute address")]
    [InlineData("AcrValues:0", "loa2 loa3", "AcrValues holds \"loa2 loa3\"; write each as an item of its own")]
    [InlineData("AcceptedAcrValues:0", "loa2 loa3", "AcceptedAcrValues holds \"loa2 loa3\"; write each as an item of its own")]
    [InlineData("Resources", "https://api.example/#a", "Resources holds \"https://api.example/#a\"")]
    [InlineData("AuthorizationDetails", "{}", "AuthorizationDetails is no array of JSON")]
    [InlineData("AuthorizationDetails", "[{}]", "AuthorizationDetails holds something else than objects with a type")]
    [InlineData("RequestParameters:max_age", "soon", "RequestParameters:max_age is \"soon\"; write whole seconds")]
    [InlineData("RequestSigning:Algorithm", "ES256", "RequestSigning:Key is missing; give a private key file")]
    [InlineData("RequestSigning:Key", "/nowhere/key.pem", "RequestSigning:Key: /nowhere/key.pem")]
    [InlineData("DPoP", "perhaps", "DPoP is \"perhaps\"; write true or false")]
    [InlineData("DPoP:Key", "/nowhere/key.pem", "DPoP:Key: /nowhere/key.pem")]
    [InlineData("BackchannelTrust", "/nowhere/ca.pem", "BackchannelTrust: /nowhere/ca.pem")]
    [InlineData("BackchannelRevocation", "none", "BackchannelRevocation is \"none\"; write default or online or offline")]
    [InlineData("ClientAuthentication:Method", "tls_client_auth", "ClientAuthentication:Certificate is missing, and tls_client_auth needs it")]
    [InlineData("ClientAuthentication:Method", "self_signed_tls_client_auth", "ClientAuthentication:Certificate is missing, and self_signed_tls_client_auth needs it")]
    [InlineData("ClientAuthentication:Certificate", "/nowhere/client.pfx", "ClientAuthentication:Certificate: /nowhere/client.pfx")]
    [InlineData("ClientAuthentication:CertificateKey", "/nowhere/client.key", "CertificateKey is set without ClientAuthentication:Certificate")]
    [InlineData("CallbackPath", "signin", "CallbackPath is \"signin\", which is not possible here (a path begins with /)")]
    [InlineData("CallbackPath", "/", "CallbackPath is \"/\"; write a path below the root that does not end in /")]
    [InlineData("CallbackPath", "/signin-bank/", "CallbackPath is \"/signin-bank/\"")]
    [InlineData("CallbackPath", "/signin-ciba-closed", "CallbackPath is \"/signin-ciba-closed\", where the page of a method that is gone has its files; choose another path")]
    [InlineData("CallbackPath", "/Signin-Ciba-Closed/bank", "CallbackPath is \"/Signin-Ciba-Closed/bank\", where")]
    [InlineData("IdTokenSigningAlgorithms", "HS256", "IdTokenSigningAlgorithms holds an HS algorithm, but the client secret is shorter")]
    [InlineData("SignInScheme", "Bank", "SignInScheme is this method itself")]
    [InlineData("SignInScheme", "Biscuits", "SignInScheme is \"Biscuits\", which no scheme is called")]
    [InlineData("ProviderMetadata", "/nowhere/op.json", "ProviderMetadata: the file /nowhere/op.json does not exist")]
    [InlineData("ClientMetadata", "/nowhere/client.json", "ClientMetadata: the file /nowhere/client.json cannot be read")]
    [InlineData("SecurityEvents:DeclinesPerHint", "10001", "SecurityEvents:DeclinesPerHint is 10001; write a number up to 10000, or 0 for none")]
    [InlineData("SecurityEvents:Window", "02:00:00", "SecurityEvents:Window is \"02:00:00\"; write a duration from")]
    [InlineData("Pooling:Interval", "00:00:05", "Pooling:Interval is no setting; did you mean Polling:Interval?")]
    [InlineData("ClientID2", "x", "ClientID2 is no setting; did you mean ClientId?")]
    public void A_fault_names_the_method_the_setting_and_the_cure(string name, string value, string fault)
    {
        using var settings = MethodSettings.Bank((name, value));

        var told = Assert.Single(settings.Method().Faults, one => one.Contains(fault, StringComparison.Ordinal));
        Assert.StartsWith("Method Bank: ", told, StringComparison.Ordinal);
        Assert.False(settings.Method().IsOpen);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        using var settings = new MethodSettings(new() { ["Ciba:Methods:Bank:Scope:0"] = "email", ["Ciba:Methods:Bank:ClockSkew"] = "1", ["Ciba:Methods:Bank:Oops"] = "x" });

        Assert.Equal(
            ["Oops", "ClockSkew", "Authority", "ClientId", "ClientSecret", "Scope"],
            settings.Method().Faults.Select(fault => fault.Split(' ', ':')[3]).OrderBy(name => Array.IndexOf(["Oops", "ClockSkew", "Authority", "ClientId", "ClientSecret", "Scope"], name)));
    }

    [Fact]
    public void A_list_replaces_the_default_and_a_methods_setting_wins_over_the_defaults()
    {
        using var settings = new MethodSettings(new()
        {
            ["Ciba:Defaults:Polling:Interval"] = "00:00:07",
            ["Ciba:Defaults:Polling:IntervalIncrease"] = "00:00:09",
            ["Ciba:Methods:Bank:Authority"] = "https://op.example",
            ["Ciba:Methods:Bank:ClientId"] = "app",
            ["Ciba:Methods:Bank:ClientSecret"] = "secret",
            ["Ciba:Methods:Bank:Scope:0"] = "openid",
            ["Ciba:Methods:Bank:Scope:1"] = "email",
            ["Ciba:Methods:Bank:Polling:Interval"] = "00:00:08",
        });

        var options = settings.Method().Options;
        Assert.Empty(settings.Method().Faults);
        Assert.Equal(["openid", "email"], options.Scope);
        Assert.Equal((8, 9), (options.Polling.Interval.TotalSeconds, options.Polling.IntervalIncrease.TotalSeconds));
    }

    [Fact]
    public void A_backchannel_set_by_the_host_is_a_fault()
    {
        using var http = new FakeClient();
        using var settings = new MethodSettings(new() { ["Ciba:Methods:Bank:ClientId"] = "app" }, options => options.Backchannel = http);

        Assert.Contains(settings.Method().Faults, fault => fault.Contains("Backchannel is set; leave it", StringComparison.Ordinal));
    }

    private sealed class FakeClient() : HttpClient(new HttpClientHandler());
}
