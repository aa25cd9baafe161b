using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Judgement;

/// <summary>Files of the lake that hold the digest of the cut they were made with, so that a repeated step finds its own and no other.</summary>
internal static class MadeFile
{
    /// <summary>Rows of the file, or -1 if it was not made yet.</summary>
    /// <exception cref="RecountMismatchException">It was made with another cut.</exception>
    internal static async Task<long> CountRowsAsync(ILake lake, string path, string digest, ScratchOptions scratch, CancellationToken cancellationToken)
    {
        if (await lake.FindAsync(path, cancellationToken) == null)
            return -1;
        await using var local = await lake.FetchAsync(path, cancellationToken);
        using var database = new ScratchDatabase(scratch);
        using (var reader = database.Query($"SELECT decode(value) FROM parquet_kv_metadata({SqlText.Of(local.LocalPath)}) WHERE decode(key) = 'cut'", cancellationToken))
        {
            if (!reader.Read() || reader.GetString(0) != digest)
                throw new RecountMismatchException(path);
        }

        return database.QueryNumber($"SELECT count(*) FROM read_parquet({SqlText.Of(local.LocalPath)})", cancellationToken);
    }

    /// <summary>Gives a local file its name in the lake, unless another run was first; answers with its rows.</summary>
    internal static async Task<long> NameAsync(
        ILake lake, string path, string local, long rows, string digest, ScratchOptions scratch, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(local, FileMode.Open, FileAccess.Read);
        if (await lake.CreateAsync(path, (stream, token) => new ValueTask(file.CopyToAsync(stream, token)), cancellationToken))
            return rows;
        var found = await CountRowsAsync(lake, path, digest, scratch, cancellationToken);
        return found >= 0 ? found : throw new LakeFileMissingException(path);
    }

    /// <summary>The end of a COPY statement into such a file.</summary>
    internal static string To(string local, string digest) =>
        $$"""TO {{SqlText.Of(local)}} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {cut: {{SqlText.Of(digest)}}})""";
}
