using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ClickFuncs.Lake;

namespace ClickFuncs.Functions.Lake;

/// <summary>
/// The lake in a Data Lake Gen2 account, through its blob endpoint. A file is sent as blocks and appears when their list is committed, on
/// the condition that there is no such file: whole or not at all, and the first one stays. That takes one operation where a temporary file
/// and a rename take two, and leaves nothing behind but blocks that the service drops after a week.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="scratch">Local folder for copies of fetched files.</param>
public sealed class BlobLake(BlobContainerClient container, string scratch) : ILake
{
    private static readonly BlobRequestConditions IfAbsent = new() { IfNoneMatch = ETag.All };

    /// <inheritdoc/>
    public async IAsyncEnumerable<LakeFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LakePath.RequirePrefix(prefix);
        var files = new List<LakeFile>();
        var blobs = container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken);
        await foreach (var blob in blobs)
        {
            if (!IsFolder(blob.Metadata))
                files.Add(new LakeFile(blob.Name, blob.Properties.ContentLength ?? 0));
        }

        // An account with folders lists folder by folder, which is another order.
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        foreach (var file in files)
            yield return file;
    }

    /// <inheritdoc/>
    public async ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var found = await BlobOf(path).GetPropertiesAsync(cancellationToken: cancellationToken);
            return IsFolder(found.Value.Metadata) ? null : new LakeFile(path, found.Value.ContentLength);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken) is null)
            throw new LakeFileMissingException(path);
        return await BlobOf(path).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var blob = BlobOf(path);
        await using var content = new BlockStream(blob, cancellationToken);
        await write(content, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await PublishAsync(blob, content, cancellationToken);
            return true;
        }
        catch (RequestFailedException refusal) when (refusal.Status is 400 or 409 or 412)
        {
            // Taken; or, of two writers at once, the other's commit dropped this one's blocks: then it is taken as well.
            if (await FindAsync(path, cancellationToken) is null)
                throw;
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken) =>
        await BlobOf(path).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken)
    {
        await using var source = await OpenReadAsync(path, cancellationToken);
        Directory.CreateDirectory(scratch);
        var copy = Path.Combine(Path.GetFullPath(scratch), $"{Guid.NewGuid():N}{Path.GetExtension(path)}");
        try
        {
            await using var target = new FileStream(copy, FileMode.CreateNew, FileAccess.Write);
            await source.CopyToAsync(target, cancellationToken);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }

        return new LocalLakeFile(copy, () =>
        {
            File.Delete(copy);
            return ValueTask.CompletedTask;
        });
    }

    private static async Task PublishAsync(BlockBlobClient blob, BlockStream content, CancellationToken cancellationToken)
    {
        if (content.Blocks.Count == 0)
        {
            using var whole = new MemoryStream(content.Rest.ToArray());
            await blob.UploadAsync(whole, new BlobUploadOptions { Conditions = IfAbsent }, cancellationToken);
            return;
        }

        await content.SendAsync(cancellationToken);
        await blob.CommitBlockListAsync(content.Blocks, new CommitBlockListOptions { Conditions = IfAbsent }, cancellationToken);
    }

    private BlockBlobClient BlobOf(string path) => container.GetBlockBlobClient(LakePath.Require(path));

    // How the blob endpoint shows the folders of an account that has them.
    private static bool IsFolder(IDictionary<string, string>? metadata) =>
        metadata is not null && metadata.TryGetValue("hdi_isfolder", out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
