using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>The click ids that are on the log of a data folder, read without the help of what counts them.</summary>
internal static class LogIds
{
    private const int ReadBytes = 1024 * 1024;

    /// <summary>The id of every record, in no order; an id that was logged twice comes twice.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(DataFolder data)
    {
        var log = LogOpener.OpenReadOnly(data.File("log"));
        var ids = new List<string>();
        var batch = new RecordBatch();
        for (var partition = 0; partition < log.PartitionCount; partition++)
        {
            var range = log.GetRange(partition);
            for (var next = range.First; next < range.Next; next += batch.Count)
            {
                await log.ReadAsync(partition, next, ReadBytes, batch, CancellationToken.None);
                AddIds(batch, ids);
            }
        }

        return ids;
    }

    private static void AddIds(RecordBatch batch, List<string> ids)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Assert.Equal(EventDefect.None, EventDecoder.Decode(batch.GetRecord(i), out var view));
            ids.Add(Encoding.UTF8.GetString(view.ClickId));
        }
    }
}
