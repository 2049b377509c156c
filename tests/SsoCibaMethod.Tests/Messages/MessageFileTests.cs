using System.Text;
using System.Text.Json;
using SsoCibaMethod.Messages;

namespace SsoCibaMethod.Tests.Messages;

public class MessageFileTests
{
    private static readonly Dictionary<string, string> English = new() { ["UBAA_TEXT"] = "{0} is your Event ID", ["LOGIN_CANCEL"] = "Declined." };

    [Theory]
    [InlineData("{\n  \"UBAA_TEXT\": \"{0}\",\n  \"LOGIN_CANCLE\": \"x\"\n}", "line 3: LOGIN_CANCLE is no key; did you mean LOGIN_CANCEL?")]
    [InlineData("{\n  \"LOGIN_CANCEL\": \"{0}\"\n}", "line 2: LOGIN_CANCEL has a placeholder {0}, but only 0 can be filled")]
    [InlineData("{\n\n  \"UBAA_TEXT\": \"{0\"\n}", "line 3: UBAA_TEXT has a brace that is no placeholder")]
    [InlineData("{\n  \"UBAA_TEXT\": 5\n}", "line 2: UBAA_TEXT is not a text in quotes")]
    [InlineData("{\n  \"UBAA_TEXT\": \"a\",\n  \"UBAA_TEXT\": \"b\"\n}", "line 3: UBAA_TEXT stands there twice")]
    [InlineData("{\n  \"UBAA_TEXT\": \"a\"\n  \"LOGIN_CANCEL\": \"b\"\n}", "line 3: not valid JSON")]
    [InlineData("{\n  \"UBAA_TEXT\": \"a\"", "not valid JSON")]
    [InlineData("[]", "line 1: the file is not a JSON object")]
    [InlineData("", "not valid JSON")]
    public void A_fault_names_the_file_the_line_and_the_key(string content, string fault)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => MessageFile.Read("messages.fi.json", Encoding.UTF8.GetBytes(content), English));

        Assert.StartsWith("messages.fi.json", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_comments_and_a_last_comma_do_no_harm()
    {
        var content = "\uFEFF{ // the texts\n \"$schema\": \"messages.schema.json\", \"LOGIN_CANCEL\": \"Hylätty {{x}}\", }";

        Assert.Equal("Hylätty {{x}}", MessageFile.Read("messages.json", Encoding.UTF8.GetBytes(content), English)["LOGIN_CANCEL"]);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_fault() =>
        Assert.Throws<InvalidDataException>(() => MessageFile.Read("messages.json", [(byte)'{', (byte)'"', 0xE4, (byte)'"', (byte)':', (byte)'"', 0xE4, (byte)'"', (byte)'}'], English));

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Path.Combine(Repository.Root, "resources"), "messages*.json").Select(path => Path.GetFileName(path)!)
        .Where(name => name != "messages.schema.json")];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_language_has_every_key_with_its_placeholders(string file)
    {
        var english = Texts("messages.json");
        var texts = Texts(file);

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, entry => Assert.Equal(
            CompositeFormat.Parse(entry.Value).MinimumArgumentCount, CompositeFormat.Parse(texts[entry.Key]).MinimumArgumentCount));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void No_shipped_text_speaks_of_the_protocol(string file) => Assert.All(Texts(file), text =>
        Assert.DoesNotMatch(@"(?i)\b(ciba|openid|oauth|oidc|token|backchannel|auth_req_id|hint|http)\b|[a-z]_[a-z]", text.Value));

    [Fact]
    public void The_JSON_schema_and_the_README_of_resources_have_every_key()
    {
        using var schema = JsonDocument.Parse(Repository.Read("resources", "messages.schema.json"));
        var readme = Repository.Read("resources", "README.md");
        var keys = Texts("messages.json").Keys.Order(StringComparer.Ordinal).ToList();

        Assert.Equal(keys, schema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name).Where(name => name != "$schema").Order(StringComparer.Ordinal));
        Assert.All(keys, key => Assert.Contains($"`{key}`", readme, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Texts(string file) => MessageFile.Read(file, Encoding.UTF8.GetBytes(Repository.Read("resources", file)), english: null);
}
