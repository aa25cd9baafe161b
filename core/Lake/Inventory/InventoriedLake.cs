using Microsoft.Extensions.Logging;

namespace ClickFuncs.Lake.Inventory;

/// <summary>
/// A lake that keeps an inventory of itself elsewhere. The inventory is told before and after each file, so that after a crash it says of
/// every file that it is there, or that nobody knows; <see cref="SettleAsync"/> finds out.
/// </summary>
/// <param name="lake">Where the files are.</param>
/// <param name="inventory">What is known of them.</param>
/// <param name="logger">Told of files that were gone.</param>
public sealed partial class InventoriedLake(ILake lake, ILakeInventory inventory, ILogger<InventoriedLake> logger) : ILake
{
    /// <summary>Takes into the inventory what is in the lake already. For a lake that has none yet.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        var files = 0;
        await foreach (var file in lake.ListAsync("", cancellationToken))
        {
            await EnterWhatIsThereAsync(file.Path, cancellationToken);
            files++;
        }

        if (files > 0)
            LogAdopted(files);
    }

    /// <summary>Ends what was under way when a process was killed: a file that is there is entered, a deletion is completed.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await inventory.ListUnsettledAsync(cancellationToken))
        {
            if (entry.State == InventoryState.Leaving)
                await lake.DeleteAsync(entry.Path, cancellationToken);
            if (await lake.FindAsync(entry.Path, cancellationToken) is null)
                await inventory.ForgetAsync(entry.Path, cancellationToken);
            else
                await EnterWhatIsThereAsync(entry.Path, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        LakePath.Require(path);
        var (length, digest) = (0L, "");
        await inventory.ExpectAsync(path, cancellationToken);
        var isNew = await lake.CreateAsync(path, MeasureAsync, cancellationToken);
        // From here on the file is there, whatever is cancelled.
        if (!isNew)
        {
            if (await inventory.FindAsync(path, CancellationToken.None) is not { State: InventoryState.Present })
                await EnterWhatIsThereAsync(path, CancellationToken.None);
        }
        else if (!await inventory.EnterAsync(path, length, digest, CancellationToken.None))
        {
            // The inventory keeps the content that was there, and verification tells.
            LogReplaced(path);
        }

        return isNew;

        async ValueTask MeasureAsync(Stream target, CancellationToken token)
        {
            await using var measured = new MeasuredStream(target);
            await write(measured, token);
            (length, digest) = (measured.Length, measured.Digest());
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken)
    {
        LakePath.Require(path);
        await inventory.ReleaseAsync(path, cancellationToken);
        await lake.DeleteAsync(path, cancellationToken);
        await inventory.ForgetAsync(path, CancellationToken.None);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LakeFile> ListAsync(string prefix, CancellationToken cancellationToken) => lake.ListAsync(prefix, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken) => lake.FindAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken) => lake.OpenReadAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken) => lake.FetchAsync(path, cancellationToken);

    private async Task EnterWhatIsThereAsync(string path, CancellationToken cancellationToken)
    {
        if (await lake.FindAsync(path, cancellationToken) is { } file)
            await inventory.EnterAsync(path, file.Length, await LakeDigest.Sha256Async(lake, path, cancellationToken), cancellationToken);
    }

    [LoggerMessage(6011, LogLevel.Error, "{Path} was gone from the lake, and was made again with another content. Run 'verify', and see docs/operations.md.")]
    private partial void LogReplaced(string path);

    [LoggerMessage(6012, LogLevel.Warning, "The lake had no inventory; one was made of the {Files} files that are there. What is missing of it was not noticed.")]
    private partial void LogAdopted(int files);
}
