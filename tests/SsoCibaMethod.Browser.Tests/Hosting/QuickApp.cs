namespace SsoCibaMethod.Browser.Tests.Hosting;

/// <summary>
/// As <see cref="RunningApp"/>, with an OP that may be polled every second: for what is not about that time. Two are enough for all tests,
/// each for the classes of one collection, whose tests run one after the other.
/// </summary>
public sealed class QuickApp : RunningApp
{
    public const string First = "The first quick application";
    public const string Second = "The second quick application";

    protected override Task PrepareAsync() => SetAsync(interval: 1, lifetime: 120);

    [CollectionDefinition(First)]
    public sealed class FirstCollection : ICollectionFixture<QuickApp>;

    [CollectionDefinition(Second)]
    public sealed class SecondCollection : ICollectionFixture<QuickApp>;
}
