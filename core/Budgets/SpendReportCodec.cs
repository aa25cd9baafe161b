using System.Buffers;
using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Processing;
using ClickFuncs.Windows;

namespace ClickFuncs.Budgets;

/// <summary>
/// Reports of spend as records of the second-stage log: format, partition, version, end of the closed windows, then per campaign and
/// minute the id, the currency, the minute and the amount. Numbers are little-endian base-128 varints; texts are UTF-8 behind their length.
/// </summary>
public static class SpendReportCodec
{
    private const byte Format = 1;

    // Far below the longest record a log takes, whatever the ids.
    private const int PartialsPerRecord = 1_000;

    // Up to the year 9999: what comes of it still has a day and a date.
    private static readonly long MaxMinute = BudgetDay.Of(DateOnly.MaxValue) * (BudgetDay.Ms / WatermarkRule.WindowMs);

    /// <summary>Encodes what a commit says of spend; in several records if it is much, of which only the last covers its version.</summary>
    /// <param name="rows">The rows of the commit.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Encode(WindowRowSet rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var from = 0; ; from += PartialsPerRecord)
        {
            var isLast = from + PartialsPerRecord >= rows.Spend.Count;
            var writer = new ArrayBufferWriter<byte>();
            writer.Write([Format]);
            StateCodec.WriteVarint(writer, (ulong)rows.Partition);
            StateCodec.WriteVarint(writer, (ulong)rows.Version);
            StateCodec.WriteVarint(writer, isLast ? 1UL : 0);
            StateCodec.WriteVarint(writer, (ulong)Math.Max(0, rows.ClosedThroughMs));
            foreach (var partial in rows.Spend.Skip(from).Take(PartialsPerRecord))
            {
                WriteText(writer, partial.CampaignId);
                WriteText(writer, partial.Currency);
                StateCodec.WriteVarint(writer, (ulong)(partial.MinuteStartMs / WatermarkRule.WindowMs));
                StateCodec.WriteVarint(writer, (ulong)partial.SpendMicros);
            }

            yield return writer.WrittenMemory;
            if (isLast)
                yield break;
        }
    }

    /// <summary>Decodes a record.</summary>
    /// <exception cref="InvalidDataException">It is no report, or one of a newer format; also whatever it holds that no report can.</exception>
    public static SpendReport Decode(ReadOnlySpan<byte> record)
    {
        if (record.IsEmpty || record[0] != Format)
            throw new InvalidDataException("A report of spend has a format that this version doesn't read.");
        var reader = new WireReader(record[1..]);
        var partition = (int)Number(ref reader, int.MaxValue);
        var version = Number(ref reader);
        var isLast = Number(ref reader) == 1;
        var closedThrough = Number(ref reader);
        var partials = new List<SpendPartial>();
        while (!reader.AtEnd)
        {
            var (campaign, currency) = (Text(ref reader), Text(ref reader));
            partials.Add(new SpendPartial(campaign, currency, partition, Number(ref reader, MaxMinute) * WatermarkRule.WindowMs, version, Number(ref reader)));
        }

        return new SpendReport(partition, isLast ? version : -1, isLast ? closedThrough : 0, partials);
    }

    private static void WriteText(ArrayBufferWriter<byte> writer, string text)
    {
        StateCodec.WriteVarint(writer, (ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, writer);
    }

    private static long Number(ref WireReader reader, long most = long.MaxValue)
    {
        if (!reader.TryReadVarint(out var value))
            throw CutShort();
        return value <= (ulong)most ? (long)value : throw new InvalidDataException($"A report of spend holds the number {value}, which none can: the largest there is {most}.");
    }

    private static string Text(ref WireReader reader) =>
        reader.TryReadBytes(out var value) ? Encoding.UTF8.GetString(value) : throw CutShort();

    private static InvalidDataException CutShort() => new("A report of spend is cut short.");
}
