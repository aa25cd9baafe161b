namespace ClickFuncs.Lake.Inventory;

/// <summary>
/// Port: which files a lake must hold and with what content, kept outside of the lake. What lies in the lake can vouch for what was written before
/// it, never for itself: who takes the newest file takes its witness too. Every change is durable on return.
/// </summary>
public interface ILakeInventory
{
    /// <summary>Notes that a file is about to be written. One that is present stays noted as it is.</summary>
    ValueTask ExpectAsync(string path, CancellationToken cancellationToken);

    /// <summary>Notes a file as present.</summary>
    /// <returns>False if it was noted before with another content: then that stays.</returns>
    ValueTask<bool> EnterAsync(string path, long length, string sha256, CancellationToken cancellationToken);

    /// <summary>Notes that a file is about to be deleted.</summary>
    ValueTask ReleaseAsync(string path, CancellationToken cancellationToken);

    /// <summary>Forgets a file.</summary>
    ValueTask ForgetAsync(string path, CancellationToken cancellationToken);

    /// <summary>The entry of a path, or null.</summary>
    ValueTask<InventoryEntry?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>All entries, ascending by path, compared ordinally.</summary>
    IAsyncEnumerable<InventoryEntry> ListAsync(CancellationToken cancellationToken);

    /// <summary>The entries that are not <see cref="InventoryState.Present"/>: what was under way in a crash.</summary>
    ValueTask<IReadOnlyList<InventoryEntry>> ListUnsettledAsync(CancellationToken cancellationToken);
}
