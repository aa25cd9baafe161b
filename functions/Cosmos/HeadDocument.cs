using System.Globalization;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>Head of a partition's state: the one document that every commit replaces under the condition that it is unchanged.</summary>
public sealed record HeadDocument
{
    /// <summary>Id of every head.</summary>
    public const string HeadId = "head";

    /// <summary>Always <see cref="HeadId"/>.</summary>
    public string Id { get; init; } = HeadId;

    /// <summary>The partition's number.</summary>
    public required string Pk { get; init; }

    /// <summary>What the port knows of it.</summary>
    public required PartitionHead Head { get; init; }

    /// <summary>Fencing token of who took the snapshot; part of its name in the lake.</summary>
    public long SnapshotToken { get; init; }

    /// <summary>The head of a partition that nobody has acquired.</summary>
    public static HeadDocument Of(int partition) => new() { Pk = PkOf(partition), Head = new PartitionHead { Partition = partition } };

    /// <summary>Partition key of a partition.</summary>
    public static string PkOf(int partition) => partition.ToString(CultureInfo.InvariantCulture);
}
