namespace SsoCibaMethod.Tests.Methods;

public class ReplacedFileTests
{
    [Fact]
    public void A_file_replaced_in_the_middle_of_a_reading_closes_the_method_that_needs_it_until_it_is_whole()
    {
        using var files = new KeyFiles();
        var readings = 0;
        using var settings = new MethodSettings(
            MethodSettings.OfBank(("ClientAuthentication:Certificate", files.WriteCertificate("client.pem"))),
            afterTheRules: () =>
            {
                if (readings++ == 0)
                {
                    _ = files.Write("client.pem", "half a file");
                }
            });

        Assert.False(settings.Method().IsOpen);
        Assert.Contains("ClientAuthentication:Certificate", Assert.Single(settings.Method().Faults), StringComparison.Ordinal);

        _ = files.WriteCertificate("client.pem");
        settings.Catalog.ReadChangedFiles();

        Assert.True(settings.Method().IsOpen);
    }
}
