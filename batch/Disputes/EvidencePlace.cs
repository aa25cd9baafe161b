using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ClickFuncs.Batch.Recount;

namespace ClickFuncs.Batch.Disputes;

/// <summary>The click after which a page goes on: what a continuation holds. It is opaque, and good for the question it came from only.</summary>
/// <param name="Bucket">Bucket of the archive.</param>
/// <param name="EventTimeMs">Event time of the click.</param>
/// <param name="Position">Where the click lies.</param>
/// <param name="ClickId">Its id.</param>
internal sealed record EvidencePlace(int Bucket, long EventTimeMs, RecordPosition Position, string ClickId)
{
    private const string Version = "1";

    /// <summary>Before the first click.</summary>
    internal static EvidencePlace Start { get; } = new(0, long.MinValue, new RecordPosition(-1, -1), "");

    internal string ToContinuation(string question) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Version}/{question}/{Bucket}/{EventTimeMs}/{Position.Partition}/{Position.Sequence}/{ClickId}")));

    /// <summary>Reads a continuation; null is the start.</summary>
    /// <exception cref="FormatException">It is none, or belongs to another question.</exception>
    internal static EvidencePlace Parse(string? continuation, string question)
    {
        if (continuation == null)
            return Start;
        var parts = Base64Url.IsValid(continuation) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)).Split('/', 7) : [];
        if (parts is not [Version, _, var bucket, var time, var partition, var sequence, var id]
            || !int.TryParse(bucket, NumberStyles.None, CultureInfo.InvariantCulture, out var bucketNumber)
            || !long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var timeNumber)
            || !int.TryParse(partition, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var partitionNumber)
            || !long.TryParse(sequence, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sequenceNumber))
            throw new FormatException("The continuation is damaged: use the one that came with the page before, or none to begin again.");
        return parts[1] == question
            ? new EvidencePlace(bucketNumber, timeNumber, new RecordPosition(partitionNumber, sequenceNumber), id)
            : throw new FormatException("The continuation belongs to another question or another close of the day: begin again without one.");
    }
}
