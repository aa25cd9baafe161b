using System.Globalization;
using System.Text;
using ClickFuncs.Bench.Processor;
using ClickFuncs.Events;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;

namespace ClickFuncs.Bench.Beside;

/// <summary>The clicks of one run: on a log for the product, and decoded in memory for the others, whose way here is not measured.</summary>
internal sealed class BesideClicks
{
    private const int Ads = 500;
    private const int RecordsAtOnce = 8_192;
    private const long MinuteMs = 60_000;

    private BesideClicks(string log, IReadOnlyList<BesideClick> all, long unique) => (Log, All, Unique) = (log, all, unique);

    /// <summary>The folder of the log that holds them.</summary>
    public string Log { get; }

    /// <summary>All of them, in the order in which they came.</summary>
    public IReadOnlyList<BesideClick> All { get; }

    /// <summary>How many are no repeats.</summary>
    public long Unique { get; }

    /// <summary>Makes them, the same on every run.</summary>
    public static async Task<BesideClicks> MakeAsync(string folder, int count, CancellationToken cancellationToken)
    {
        var (events, batch, sequence) = (new SyntheticEvents(Ads), new RecordBatch(), 0L);
        var (all, ids) = (new List<BesideClick>(count), new HashSet<string>(StringComparer.Ordinal));
        using var log = LogOpener.Open(new LocalLogOptions().At(folder, null), TimeProvider.System);
        var group = log.CreateGroup();
        while (all.Count < count)
        {
            events.Fill(batch, ref sequence, Math.Min(RecordsAtOnce, count - all.Count));
            for (var i = 0; i < batch.Count; i++)
            {
                var record = batch.GetRecord(i);
                EventDecoder.Decode(record, out var view);
                group.Add(Fingerprint.Of(view.Type, view.ClickId), record);
                var click = Decoded(view);
                ids.Add(click.Id);
                all.Add(click);
            }

            await log.AppendGroupAsync(group, cancellationToken);
        }

        return new BesideClicks(folder, all, ids.Count);
    }

    private static BesideClick Decoded(in EventView view) => new(
        Encoding.UTF8.GetString(view.ClickId),
        view.EventTimeMs - (view.EventTimeMs % MinuteMs),
        string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(view.AdId)}|{Encoding.UTF8.GetString(view.Device)}|{Encoding.UTF8.GetString(view.Country)}"),
        view.CostMicros);
}

/// <summary>What counting needs of a click.</summary>
/// <param name="Id">Counts once.</param>
/// <param name="MinuteMs">Start of its minute.</param>
/// <param name="Key">Ad, device and country; the ad says the rest.</param>
/// <param name="CostMicros">Its price.</param>
internal sealed record BesideClick(string Id, long MinuteMs, string Key, long CostMicros);
