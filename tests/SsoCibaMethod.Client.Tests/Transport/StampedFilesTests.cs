using SsoCibaMethod.Testing;

namespace SsoCibaMethod.Client.Tests.Transport;

public sealed class StampedFilesTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ciba-stamps-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "file");

    [Fact]
    public void What_is_replaced_in_the_middle_of_its_reading_is_read_again()
    {
        File.WriteAllText(Path, "one");
        var readings = 0;
        var files = new StampedFiles<string>([Path], ReadWhileReplaced, _clock);
        Assert.Equal("one", files.Current);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("the other", 2), (files.Current, readings));

        string ReadWhileReplaced()
        {
            var content = File.ReadAllText(Path);
            if (readings++ == 0)
            {
                File.WriteAllText(Path, "the other");
            }

            return content;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
