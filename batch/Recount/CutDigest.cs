using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClickFuncs.Batch.Recount;

/// <summary>The digest of a cut: it stands in each recount, so that results of different cuts are never taken for one.</summary>
[JsonSerializable(typeof(DayCut), TypeInfoPropertyName = "Cut")]
internal sealed partial class CutDigest : JsonSerializerContext
{
    internal static string Of(DateOnly day, DayCut cut)
    {
        var ordered = cut with
        {
            Partitions = [.. cut.Partitions.OrderBy(partition => partition.Partition)],
            Quarantined = [.. cut.Quarantined.OrderBy(record => (record.Partition, record.Sequence))],
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(day.DayNumber));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(ordered, Default.Cut));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
