using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests;

public sealed class DocumentFilesTests
{
    [Fact]
    public async Task A_share_that_takes_its_time_holds_up_only_who_looks_at_it()
    {
        var settings = new ProviderMetadataSettings
        {
            MetadataFile = "op.json",
            Client = new CibaClientSettings { ClientId = TestToken.ClientId, Authentication = new ClientSecretPost(TestKeys.Secret) },
        };
        var clock = new ManualTimeProvider();
        var share = new SlowLook(clock);
        var files = new DocumentFiles(settings, share);
        clock.Advance(TimeSpan.FromSeconds(1));
        var looking = Task.Run(files.HaveChanged);
        await share.Begun;

        Assert.False(files.HaveChanged());

        share.End();
        Assert.True(await looking);
    }

    /// <summary>A clock that stands in the way of whoever asks a second time, which is after the look at the files.</summary>
    private sealed class SlowLook(ManualTimeProvider clock) : TimeProvider
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new();
        private int _readings;

        public Task Begun => _begun.Task;

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp()
        {
            if (++_readings == 2)
            {
                _begun.SetResult();
                _ended.Task.Wait();
            }

            return clock.GetTimestamp();
        }

        public void End() => _ended.SetResult();
    }
}
