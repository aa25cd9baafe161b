using System.Buffers;
using ClickFuncs.DuckDb;
using ClickFuncs.Events;

namespace ClickFuncs.Batch.Compaction;

/// <summary>Valid events of one bucket, or of neighbouring ones.</summary>
internal sealed class EventTable(DuckDbConnection connection, string name, PseudonymKey pseudonyms)
    : PartTable(connection, name, PartSchema.EventColumns)
{
    private readonly ArrayBufferWriter<byte> _scratch = new(256);

    /// <summary>Adds an event.</summary>
    /// <param name="partition">Partition of the log.</param>
    /// <param name="sequence">Sequence number.</param>
    /// <param name="arrivalMs">When the log accepted it.</param>
    /// <param name="streamTimeMs">Largest event time of the partition up to and including it.</param>
    /// <param name="idHash">Hash of type and id.</param>
    /// <param name="view">The event.</param>
    internal void Add(int partition, long sequence, long arrivalMs, long streamTimeMs, ulong idHash, in EventView view)
    {
        Set(0, partition);
        Set(1, sequence);
        Set(2, arrivalMs);
        Set(3, view.EventTimeMs);
        Set(4, streamTimeMs);
        Set(5, (byte)view.Type);
        Set(6, idHash);
        SetText(7, ArchivedText.Of(view.ClickId, _scratch));
        SetText(8, view.AdvertiserId);
        SetText(9, view.CampaignId);
        SetText(10, view.AdGroupId);
        SetText(11, view.AdId);
        SetText(12, view.CreativeId);
        SetText(13, view.Currency);
        SetText(14, view.Device);
        SetText(15, view.Country);
        Set(16, view.CostMicros);
        Set(17, pseudonyms.OfUser(view.UserId));
        Set(18, IsTheMachineItself(view.Ip) ? 0 : pseudonyms.OfIp(view.Ip));
        SetText(19, ArchivedText.Of(view.UserAgent, _scratch));
        SetText(20, ArchivedText.Of(view.Referrer, _scratch));
        // A reason of a later version may not fit: 255 is any of them.
        Set(21, (byte)Math.Min((uint)view.NonClickReason, byte.MaxValue));
        Set(22, (byte)view.Verdict.Tier);
        Set(23, view.OverBudget);
        Set(24, (ulong)view.Verdict.Reasons);
        EndRow();
    }

    // Nobody's address: behind a proxy that is not trusted every visitor has it, so it must not be judged as one.
    private static bool IsTheMachineItself(ReadOnlySpan<byte> ip) => ip.StartsWith("127."u8) || ip.SequenceEqual("::1"u8);
}
