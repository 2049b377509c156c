using SsoCibaMethod.Client;

namespace SsoCibaMethod.Tests.Methods;

/// <summary>A registration document (RFC 7591 §2) that is no use, or at odds with the settings.</summary>
public sealed class ClientMetadataTests : IDisposable
{
    private readonly KeyFiles _files = new();

    [Theory]
    [Trait("Spec", "C-4")]
    [InlineData("{\n\"client_id\" \"app\" }", "is not JSON (line 2)")]
    [InlineData("[]", "the document is not a JSON object")]
    [InlineData("""{"ubisecure_request_parameters":"acr_values=loa2"}""", "ubisecure_request_parameters is not a JSON object")]
    [InlineData("""{"tls_client_certificate_bound_access_tokens":true}""", "ClientAuthentication:Certificate is missing")]
    [InlineData("""{"backchannel_token_delivery_mode":"pigeon"}""", "registered for the delivery mode pigeon, but TokenDeliveryMode is poll")]
    public void A_document_that_is_no_use_is_a_fault(string document, string fault)
    {
        using var settings = MethodSettings.Bank(("ClientMetadata", _files.Write("client.json", document)));

        Assert.Contains(settings.Method().Faults, told => told.Contains("ClientMetadata: ", StringComparison.Ordinal) && told.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_setting_wins_over_the_document()
    {
        var document = _files.Write("client.json", """
            {"client_id":"other","client_secret":"other","token_endpoint_auth_method":"client_secret_basic","id_token_signed_response_alg":"ES256","scope":"openid email",
             "dpop_bound_access_tokens":true,"backchannel_user_code_parameter":false,"backchannel_token_delivery_mode":"push"}
            """);
        using var settings = MethodSettings.Bank(
            ("ClientMetadata", document), ("ClientAuthentication:Method", "client_secret_post"), ("IdTokenSigningAlgorithms", "PS256"), ("Scope:0", "openid"), ("Scope:1", "profile"),
            ("DPoP", "false"), ("UserCode", "true"), ("TokenDeliveryMode", "push"));

        var options = settings.Method().Options;
        Assert.Empty(settings.Method().Faults);
        Assert.Equal(("app", "secret", "client_secret_post"), (options.ClientId, options.ClientSecret, options.ClientAuthentication.Method));
        Assert.Equal(["PS256"], options.IdTokenSigningAlgorithms);
        Assert.Equal(["openid", "profile"], options.Scope);
        Assert.Equal((false, true, TokenDeliveryMode.Push), (options.DPoP.Enabled, options.UserCode, options.TokenDeliveryMode));
    }

    [Fact]
    public void A_secret_in_a_file_wins_too()
    {
        var document = _files.Write("client.json", """{"client_id":"app","client_secret":"other"}""");
        using var settings = new MethodSettings(new()
        {
            ["Ciba:Methods:Bank:Authority"] = "https://op.example",
            ["Ciba:Methods:Bank:ClientMetadata"] = document,
            ["Ciba:Methods:Bank:ClientSecretFile"] = _files.Write("secret", "of-the-file\n"),
        });

        Assert.Empty(settings.Method().Faults);
        Assert.Null(settings.Method().Options.ClientSecret);
    }

    [Fact]
    public void A_member_that_is_of_another_type_says_nothing()
    {
        var document = _files.Write("client.json", """
            {"client_id":5,"scope":["openid","email"],"id_token_signed_response_alg":null,"dpop_bound_access_tokens":"true","backchannel_user_code_parameter":0,"backchannel_token_delivery_mode":["ping"]}
            """);
        using var settings = MethodSettings.Bank(("ClientMetadata", document));

        var options = settings.Method().Options;
        Assert.Empty(settings.Method().Faults);
        Assert.Equal(["openid"], options.Scope);
        Assert.Equal((false, true, TokenDeliveryMode.Poll), (options.DPoP.Enabled, options.UserCode, options.TokenDeliveryMode));
    }

    public void Dispose() => _files.Dispose();
}
