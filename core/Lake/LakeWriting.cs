namespace ClickFuncs.Lake;

/// <summary>Writing whole files into the lake.</summary>
public static class LakeWriting
{
    /// <summary>Creates a file from bytes.</summary>
    public static ValueTask<bool> CreateAsync(this ILake lake, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        lake.CreateAsync(path, (target, token) => target.WriteAsync(content, token), cancellationToken);

    /// <summary>Creates a file from a local one.</summary>
    public static ValueTask<bool> CreateFromAsync(this ILake lake, string path, string localFile, CancellationToken cancellationToken) => lake.CreateAsync(
        path,
        async (target, token) =>
        {
            var source = File.OpenRead(localFile);
            await using (source)
                await source.CopyToAsync(target, token);
        },
        cancellationToken);
}
