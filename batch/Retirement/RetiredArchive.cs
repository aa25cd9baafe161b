using System.Text.Json.Serialization;
using ClickFuncs.Batch.Archive;

namespace ClickFuncs.Batch.Retirement;

/// <summary>
/// Which capture files have served their time: written before the first of them is deleted and never changed, so that whoever finds one
/// missing knows whether it was meant to be. Numbers are dense from 1; each says all that the ones before it said.
/// </summary>
public sealed record RetiredArchive
{
    /// <summary>Version of this form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Files whose last record came after this stay.</summary>
    public required DateTimeOffset Cutoff { get; init; }

    /// <summary>By slice, the last part that is closed: where looking goes on the next time.</summary>
    public required IReadOnlyDictionary<string, int> ClosedParts { get; init; }

    /// <summary>Where each partition's archive begins now, ascending by hub and partition.</summary>
    public required IReadOnlyList<RetiredPartition> Partitions { get; init; }

    /// <summary>Whether a capture file is one of those that were given up.</summary>
    public bool Includes(CapturePath path) =>
        Partitions.Any(partition => partition.Hub == path.Hub && partition.Partition == path.Partition && path.Start < partition.Before);

    /// <summary>Whether the raw record at a place of the log was given up.</summary>
    public bool Includes(int partition, long sequence) =>
        Partitions.Any(retired => retired.Partition == partition && sequence < retired.NextSequence);
}

/// <summary>Where the archive of a partition begins.</summary>
/// <param name="Hub">Whose capture it is.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Before">Files whose interval began before this are given up.</param>
/// <param name="NextSequence">First record that is kept.</param>
public sealed record RetiredPartition(CaptureHub Hub, int Partition, DateTimeOffset Before, long NextSequence);

/// <summary>JSON of what was given up.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RetiredArchive))]
internal sealed partial class RetiredArchiveJson : JsonSerializerContext;
