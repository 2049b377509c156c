using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using SsoCibaMethod.Methods;
using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Tests.Methods;

/// <summary>Settings that are JSON themselves, by whatever source they come.</summary>
public sealed class RequestParameterSettingsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ciba-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    [Trait("Spec", "C-30")]
    public void From_the_file_every_type_comes_out_as_it_was_written()
    {
        const string Parameters = """{"text":"5","number":5.10,"yes":true,"no":false,"nothing":null,"list":[1,"1",[]],"empty":{},"nested":{"a":{"b":[true]}},"phone":"+358"}""";
        var path = Path.Combine(_directory, "ciba.json");
        File.WriteAllText(path, $$"""{ "Ciba": { "Methods": { "Bank": { "RequestParameters": {{Parameters}}, /* why */ "AuthorizationDetails": [{"type":"payment","amount":"1.00"},], } } } }""");
        using var file = new CibaConfigurationProvider(path, new ManualTimeProvider());
        file.Load();

        Assert.True(file.TryGet("Ciba:Methods:Bank:RequestParameters", out var parameters));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Parameters), JsonNode.Parse(parameters!)));
        Assert.False(file.TryGet("Ciba:Methods:Bank:RequestParameters:text", out _));
        using var settings = MethodSettings.Bank(("RequestParameters", parameters!));
        Assert.Empty(settings.Method().Faults);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Parameters), settings.Method().Options.RequestParameters));
    }

    [Fact]
    public void From_any_other_source_what_reads_as_a_number_or_a_truth_is_one()
    {
        using var settings = MethodSettings.Bank(
            ("RequestParameters:text", "a text"),
            ("RequestParameters:number", "-1.5e3"),
            ("RequestParameters:phone", "0401234567"),
            ("RequestParameters:yes", "True"),
            ("RequestParameters:list:0", "1"),
            ("RequestParameters:list:1", "b"),
            ("RequestParameters:nested:deep:flag", "false"));

        Assert.Empty(settings.Method().Faults);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"text":"a text","number":-1.5e3,"phone":"0401234567","yes":true,"list":[1,"b"],"nested":{"deep":{"flag":false}}}"""),
            settings.Method().Options.RequestParameters));
    }

    [Fact]
    public void What_the_environment_adds_wins_over_what_the_file_says()
    {
        using var settings = MethodSettings.Bank(("RequestParameters", """{"a":"1","b":"2"}"""), ("RequestParameters:b", "x"), ("RequestParameters:c", "y"));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":"1","b":"x","c":"y"}"""), settings.Method().Options.RequestParameters));
    }

    [Fact]
    [Trait("Spec", "U-45")]
    public void Members_with_a_setting_of_their_own_go_there_unless_that_is_set()
    {
        const string Parameters = """{"acr_values":"loa2 loa3","requested_expiry":120,"resource":"https://api.example","authorization_details":[{"type":"a"}],"request_context":{"ip":"x"},"own":1}""";
        using var settings = MethodSettings.Bank(("RequestParameters", Parameters));
        var options = settings.Method().Options;
        Assert.Empty(settings.Method().Faults);
        Assert.Equal(["loa2", "loa3"], options.AcrValues);
        Assert.Equal(TimeSpan.FromMinutes(2), options.RequestedExpiry);
        Assert.Equal(["https://api.example"], options.Resources);
        Assert.Equal("""[{"type":"a"}]""", options.AuthorizationDetails!.ToJsonString());
        Assert.Equal("""{"ip":"x"}""", options.RequestContext!.ToJsonString());
        Assert.Equal("""{"own":1}""", options.RequestParameters.ToJsonString());

        using var others = MethodSettings.Bank(("RequestParameters", Parameters), ("AcrValues", "loa4"), ("RequestedExpiry", "00:01:00"));
        Assert.Equal(["loa4"], others.Method().Options.AcrValues);
        Assert.Equal(TimeSpan.FromMinutes(1), others.Method().Options.RequestedExpiry);
    }

    [Theory]
    [InlineData("""{"login_hint":"x"}""", "RequestParameters holds login_hint; leave it out")]
    [InlineData("""{"client_id":"x"}""", "RequestParameters holds client_id; leave it out")]
    [InlineData("""{"scope":"x"}""", "RequestParameters holds scope; write it as the setting Scope")]
    [InlineData("""{"acr_values":["x"]}""", "RequestParameters holds acr_values; write it as one text")]
    [InlineData("""{"requested_expiry":"soon"}""", "RequestParameters holds requested_expiry; write it in whole seconds")]
    [InlineData("""{"resource":5}""", "RequestParameters holds resource; write it as a text or a list")]
    [InlineData("""{"authorization_details":{}}""", "RequestParameters holds authorization_details; write it as an array")]
    [InlineData("""{"request_context":"x"}""", "RequestParameters holds request_context; write it as an object")]
    [InlineData("""[1]""", "RequestParameters is no object of JSON")]
    [InlineData("""{"a":""", "RequestParameters is no object of JSON")]
    [InlineData("text", "RequestParameters is no object of JSON")]
    public void What_cannot_be_a_further_parameter_is_a_fault_with_its_cure(string parameters, string fault)
    {
        using var settings = MethodSettings.Bank(("RequestParameters", parameters));

        Assert.Contains(settings.Method().Faults, told => told.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Spec", "U-45")]
    [Trait("Spec", "C-4")]
    public void A_registration_document_fills_in_what_CIBA_and_Ubisecure_add_to_it()
    {
        var path = Path.Combine(_directory, "client.json");
        File.WriteAllText(path, """
            {"backchannel_token_delivery_mode":"ping","dpop_bound_access_tokens":true,"backchannel_user_code_parameter":false,
             "ubisecure_request_parameters":{"acr_values":"loa2","level":3,"own":"document"}}
            """);
        using var settings = MethodSettings.Bank(("ClientMetadata", path), ("RequestParameters", """{"own":"setting"}"""));

        var options = settings.Method().Options;
        Assert.Empty(settings.Method().Faults);
        Assert.Equal(SsoCibaMethod.Client.TokenDeliveryMode.Ping, options.TokenDeliveryMode);
        Assert.True(options.DPoP.Enabled);
        Assert.False(options.UserCode);
        Assert.Equal(["loa2"], options.AcrValues);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"level":3,"own":"setting"}"""), options.RequestParameters));

        using var others = MethodSettings.Bank(("ClientMetadata", path), ("TokenDeliveryMode", "poll"));
        Assert.Contains(others.Method().Faults, fault => fault.Contains("registered for the delivery mode ping, but TokenDeliveryMode is poll", StringComparison.Ordinal));
    }
}
