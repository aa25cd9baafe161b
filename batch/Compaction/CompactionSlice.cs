using System.Globalization;

namespace ClickFuncs.Batch.Compaction;

/// <summary>A group of partitions that is compacted together, by one owner at a time. One machine has one.</summary>
/// <param name="Name">Its name in paths: lower-case letters, digits and hyphens.</param>
/// <param name="Partitions">Partitions of the log. A partition stays in its slice for good.</param>
public sealed record CompactionSlice(string Name, IReadOnlyList<int> Partitions)
{
    /// <summary>All partitions of a log.</summary>
    /// <param name="partitionCount">How many it has.</param>
    public static CompactionSlice All(int partitionCount) => new("all", [.. Enumerable.Range(0, partitionCount)]);

    /// <summary>Checks the name and the partitions.</summary>
    /// <exception cref="ArgumentException">The name can't be part of a path, or a partition is named twice or is negative.</exception>
    public void Validate()
    {
        if (Name.Length == 0 || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"'{Name}' is no name of a slice: use lower-case letters, digits and hyphens.");
        if (Partitions.Count == 0 || Partitions.Distinct().Count() != Partitions.Count || Partitions.Any(partition => partition < 0))
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Slice {Name} needs partitions, each once and none negative, not [{string.Join(", ", Partitions)}]."));
    }
}
