using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Tests.Log;

/// <summary>Writing and reading whole logs in tests.</summary>
internal static class LogRecords
{
    public static Fingerprint Id(int number) => Fingerprint.Of(EventType.Click, BitConverter.GetBytes(number));

    /// <summary>Appends texts one by one: each in a block of its own.</summary>
    public static async Task AppendAll(this SegmentLog log, IEnumerable<string> texts)
    {
        foreach (var text in texts)
            await log.Append(text);
    }

    public static async Task<LogPosition> Append(this SegmentLog log, string text) =>
        await log.AppendAsync(Fingerprint.Of(EventType.Click, Encoding.UTF8.GetBytes(text)), Encoding.UTF8.GetBytes(text), CancellationToken.None);

    /// <summary>The records retained of each partition, in order.</summary>
    public static string[][] ReadAll(this ILogReader log, int maxBytes = 1000)
    {
        var partitions = new string[log.PartitionCount][];
        for (var p = 0; p < partitions.Length; p++)
            partitions[p] = [.. log.ReadPartition(p, maxBytes)];
        return partitions;
    }

    public static List<string> ReadPartition(this ILogReader log, int partition, int maxBytes = 1000)
    {
        var (texts, batch) = (new List<string>(), new RecordBatch());
        var range = log.GetRange(partition);
        for (var at = range.First; at < range.Next; at += batch.Count)
        {
            log.ReadAsync(partition, at, maxBytes, batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            Assert.True(batch.Count > 0);
            for (var i = 0; i < batch.Count; i++)
            {
                Assert.Equal(at + i, batch.Entries[i].Sequence);
                texts.Add(Encoding.UTF8.GetString(batch.GetRecord(i)));
            }
        }

        return texts;
    }

    /// <summary>What the partitions should hold after these texts.</summary>
    public static string[][] Expected(IEnumerable<string> texts, int partitions)
    {
        var expected = Enumerable.Range(0, partitions).Select(_ => new List<string>()).ToArray();
        foreach (var text in texts)
            expected[Fingerprint.Of(EventType.Click, Encoding.UTF8.GetBytes(text)).Partition(partitions)].Add(text);
        return [.. expected.Select(list => list.ToArray())];
    }

    public static string[] Texts(int count, string prefix = "click") =>
        [.. Enumerable.Range(0, count).Select(i => $"{prefix}-{i}-{new string('y', i * 7 % 60)}")];
}
