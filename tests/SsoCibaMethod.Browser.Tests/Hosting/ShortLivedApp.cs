namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>As <see cref="QuickApp"/>, with requests that live a few seconds only.</summary>
public sealed class ShortLivedApp : RunningApp
{
    protected override Task PrepareAsync() => SetAsync(interval: 1, lifetime: 8);
}
