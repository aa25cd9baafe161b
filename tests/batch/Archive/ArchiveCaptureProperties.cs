using System.Globalization;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>Whatever happens to the one who archives, each record is in one file, in order, as it was.</summary>
public sealed class ArchiveCaptureProperties
{
    private static readonly int Seeds = int.Parse(
        Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS") ?? "25", CultureInfo.InvariantCulture);

    [Fact]
    public async Task RunAsync_RandomCrashesFlushesAndStops_ArchivesEachRecordOnce()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                await RunAsync(seed);
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {failure}");
            }
        }
    }

    private static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        await using var rig = new CaptureRig(new ArchiveOptions
        {
            MaxFileBytes = random.Next(2) == 0 ? 3_000 : 1 << 20,
            Interval = TimeSpan.FromSeconds(random.Next(1, 20)),
            Codec = (AvroCodec)random.Next(2),
        });
        rig.Start();
        for (var step = 0; step < 25; step++)
        {
            rig.Append(random, random.Next(15));
            await StepAsync(rig, random);
        }

        await FlushAsync(rig);
        await rig.RequireArchivedAsync(0, rig.Log.GetRange(0).Next - 1, "At the end");
    }

    private static async Task StepAsync(CaptureRig rig, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                await rig.KillAsync();
                rig.Start();
                break;
            case 1:
                await rig.StopAsync();
                rig.Append(random, random.Next(10));
                rig.Start();
                break;
            case 2:
                await FlushAsync(rig);
                break;
            case 3:
                var failures = random.Next(1, 3);
                rig.Lake.BeforeNaming = _ => Fail(Interlocked.Decrement(ref failures) >= 0);
                break;
            default:
                rig.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(30_000)));
                break;
        }
    }

    // A flush fails when archiving does; whoever wants it done asks again when it has had time to try anew.
    private static async Task FlushAsync(CaptureRig rig)
    {
        var end = rig.Log.GetRange(0).Next - 1;
        while (rig.Partition.Position < end)
        {
            try
            {
                var flushing = rig.Capture.FlushAsync(CancellationToken.None);
                await rig.AdvanceUntilAsync(() => flushing.IsCompleted, "the flush ends");
                await flushing;
            }
            catch (IOException)
            {
                // As planned: the disk failed, or the process was killed.
            }
        }
    }

    private static void Fail(bool fails)
    {
        if (fails)
            throw new IOException("The disk failed.");
    }
}
