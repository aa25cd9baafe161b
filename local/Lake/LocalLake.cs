using ClickFuncs.Lake;
using ClickFuncs.Lake.Inventory;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Lake;

/// <summary>The lake of a data folder with its inventory, for whoever has the folder to itself.</summary>
internal sealed class LocalLake : IDisposable
{
    private readonly SqliteLakeInventory _inventory;

    private LocalLake(ILake files, SqliteLakeInventory inventory) => (Files, _inventory) = (files, inventory);

    /// <summary>The lake.</summary>
    public ILake Files { get; }

    /// <summary>Opens both, and ends what was under way when the last process was killed.</summary>
    public static async Task<LocalLake> OpenAsync(DataDirectory directory, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var folder = new FolderLake(directory.Lake);
        folder.RemoveLeftovers();
        var inventory = new SqliteLakeInventory(directory.LakeInventory);
        try
        {
            var lake = new InventoriedLake(folder, inventory, loggers.CreateLogger<InventoriedLake>());
            await lake.SettleAsync(cancellationToken);
            if (!inventory.IsWhole)
            {
                await lake.AdoptAsync(cancellationToken);
                inventory.MarkWhole();
            }

            return new LocalLake(lake, inventory);
        }
        catch
        {
            inventory.Dispose();
            throw;
        }
    }

    /// <summary>Checks the lake against its inventory.</summary>
    public static async Task<IReadOnlyList<string>> VerifyAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        var lake = new FolderLake(directory.Lake);
        if (!File.Exists(directory.LakeInventory))
        {
            return await lake.ListAsync("", cancellationToken).AnyAsync(cancellationToken)
                ? [$"There is no {directory.LakeInventory}, so nobody can say whether files of the lake are missing. Restore it; if there never was one, the next start makes it."]
                : [];
        }

        using var inventory = new SqliteLakeInventory(directory.LakeInventory);
        return await InventoryVerification.FindAsync(lake, inventory, cancellationToken).ToListAsync(cancellationToken);
    }

    public void Dispose() => _inventory.Dispose();
}
