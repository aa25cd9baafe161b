using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>The newest version of each partition's rows that the store holds.</summary>
internal static class PartitionVersions
{
    /// <summary>Reads them as of the connection's transaction.</summary>
    internal static IReadOnlyDictionary<int, long> Read(DuckDbConnection connection)
    {
        var versions = new Dictionary<int, long>();
        using var reader = connection.Query("SELECT partition, version FROM partition_status");
        while (reader.Read())
            versions.Add(reader.GetInt32(0), reader.GetInt64(1));
        return versions;
    }
}
