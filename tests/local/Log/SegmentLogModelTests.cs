using ClickFuncs.Local.Log;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Local.Tests.Log;

/// <summary>Random appends, bulk groups, restarts and crashes against plain lists.</summary>
public sealed class SegmentLogModelTests
{
    private const int Partitions = 3;

    [Fact]
    public void Log_AnyHistoryOfAppendsRestartsAndCrashes_HoldsExactlyWhatWasAcknowledged() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), history =>
        {
            using var folder = new LogFolder();
            Play(folder, history);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    /// <summary>Each byte is one step: append, append a group, restart, crash with part of an unacknowledged block on disk.</summary>
    private static void Play(LogFolder folder, byte[] history)
    {
        var model = new List<string>();
        var log = Open(folder);
        foreach (var step in history)
        {
            switch (step % 4)
            {
                case 0 or 1:
                    model.Add($"{model.Count}:{new string('m', step * 3)}");
                    log.Append(model[^1]).GetAwaiter().GetResult();
                    break;
                case 2:
                    AppendGroup(log, model, step);
                    break;
                default:
                    log.Dispose();
                    Tear(folder, log, step);
                    log = Open(folder);
                    break;
            }
        }

        Assert.Equal(LogRecords.Expected(model, Partitions), log.ReadAll(maxBytes: 1 + history.Length * 50));
        log.Dispose();
        Assert.Empty(LogVerifier.Verify(folder.Path, CancellationToken.None).Findings);
    }

    private static void AppendGroup(SegmentLog log, List<string> model, int size)
    {
        var group = log.CreateGroup();
        for (var i = 0; i <= size % 30; i++)
        {
            var text = $"{model.Count}:{new string('g', i)}";
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            group.Add(Events.Fingerprint.Of(Events.EventType.Click, bytes), bytes);
            model.Add(text);
        }

        log.AppendGroupAsync(group, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The beginning of the next block at the end of the last segment, as a crash in the middle of a write leaves it.</summary>
    private static void Tear(LogFolder folder, SegmentLog log, int length)
    {
        var group = new RecordGroup(Partitions, keepChunks: 0);
        group.Add(0, new byte[200]);
        var encoder = new BlockEncoder();
        var path = folder.Segments()[^1];
        encoder.Encode(group, SegmentHeader.Load(path).Salt, log.NextBlock, long.MaxValue, new long[Partitions]);
        var block = encoder.Pieces.SelectMany(piece => piece.ToArray()).ToArray();
        using var segment = new FileStream(path, FileMode.Append);
        segment.Write(block.AsSpan(0, Math.Min(length, block.Length - 1)));
    }

    private static SegmentLog Open(LogFolder folder) =>
        LogOpener.Open(folder.Options(Partitions, segmentBytes: 4096), TimeProvider.System, disk: new FaultyDisk { SkipsSync = true });
}
