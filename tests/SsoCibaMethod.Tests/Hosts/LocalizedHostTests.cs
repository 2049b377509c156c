using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using SsoCibaMethod.Messages;
using SsoCibaMethod.Tests.Hosting;

namespace SsoCibaMethod.Tests
{
    /// <summary>The host's own texts, in Hosts/Greetings.resx.</summary>
    public sealed class Greetings;
}

namespace SsoCibaMethod.Tests.Hosts
{
    public class LocalizedHostTests
    {
        [Fact]
        public async Task The_host_s_own_texts_answer_as_without_us()
        {
            await using var host = await CibaTestHost.StartAsync(services: builder => builder.Services.AddLocalization(options => options.ResourcesPath = "Hosts"));

            var hello = host.Services.GetRequiredService<IStringLocalizer<Greetings>>()["Hello"];

            Assert.Equal("Hello from the host", hello.Value);
            Assert.Equal("Your code", host.Services.GetRequiredService<IStringLocalizer<CibaMessages>>()["USER_CODE_LABEL"].Value);
        }

        [Theory]
        [InlineData("/signin-ciba?culture=fi", "en", "fi")]
        [InlineData("/signin-ciba?culture=en", "fi", "en")]
        [InlineData("/signin-ciba", "fi", "en")]
        public async Task The_host_s_choice_of_language_decides_ours(string address, string browserWants, string language)
        {
            await using var host = await CibaTestHost.StartAsync(pipeline: app =>
            {
                var options = new RequestLocalizationOptions().SetDefaultCulture("en").AddSupportedUICultures("en", "fi").AddSupportedCultures("en", "fi");
                options.RequestCultureProviders.RemoveAt(2);
                app.UseRequestLocalization(options);
                CibaTestHost.ShowUser(app);
            });
            using var browser = host.CreateBrowser();
            browser.AcceptLanguage = browserWants;

            Assert.Equal(language, (await browser.OpenAsync(address)).Document.DocumentElement.GetAttribute("lang"));
        }

        [Theory]
        [InlineData("fi-FI, en;q=0.5", "fi")]
        [InlineData("xx, *;q=0.1, fi;q=0.2", "fi")]
        [InlineData("tlh", "en")]
        public async Task Without_it_the_browser_s_wish_does(string accept, string language)
        {
            await using var host = await CibaTestHost.StartAsync();
            using var browser = host.CreateBrowser();
            browser.AcceptLanguage = accept;

            Assert.Equal(language, (await browser.OpenAsync("/signin-ciba")).Document.DocumentElement.GetAttribute("lang"));
            Assert.NotEqual("tlh", CultureInfo.CurrentUICulture.Name);
        }
    }
}
