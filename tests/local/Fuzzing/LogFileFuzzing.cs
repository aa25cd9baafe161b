using ClickFuncs.Local.Log;
using ClickFuncs.Local.Tests.Log;
using ClickFuncs.Log;
using ClickFuncs.Testing.Fuzzing;

namespace ClickFuncs.Local.Tests.Fuzzing;

/// <summary>Log files with damage anywhere: opening and reading them gives a beginning of what was written, or says that they are corrupt. Never other records.</summary>
public sealed class LogFileFuzzing
{
    private static readonly int Seeds = FuzzSeeds.Count(400);

    [Fact]
    public async Task Open_DamagedAnyhow_GivesWhatWasWrittenOrIsRefused()
    {
        using var source = new LogFolder();
        var texts = LogRecords.Texts(100);
        using (var log = source.Open(partitions: 2, segmentBytes: 4096))
            await log.AppendAll(texts);
        var expected = LogRecords.Expected(texts, 2);
        var refused = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            using var folder = source.Copy();
            var path = folder.Segments()[random.Next(folder.Segments().Length)];
            await File.WriteAllBytesAsync(path, Damage.Apply(random, await File.ReadAllBytesAsync(path)));
            try
            {
                // Verifying first: it looks at the same bytes, and changes none of them.
                LogVerifier.Verify(folder.Path, CancellationToken.None);
                using var log = folder.Open(partitions: 2, segmentBytes: 4096);
                var read = log.ReadAll();
                for (var partition = 0; partition < 2; partition++)
                    Assert.True(expected[partition].Take(read[partition].Length).SequenceEqual(read[partition]), $"Seed {seed}: partition {partition} holds other records than were written");
            }
            catch (LogException)
            {
                refused++;
            }
        }

        Assert.True(refused > Seeds / 4, $"Only {refused} of {Seeds} damaged logs were refused.");
    }
}
