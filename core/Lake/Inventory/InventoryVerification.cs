using System.Runtime.CompilerServices;

namespace ClickFuncs.Lake.Inventory;

/// <summary>Compares a lake with its inventory: every file that must be there is, with the same bytes, and no other is. Reads every file, in constant memory.</summary>
public static class InventoryVerification
{
    // A lake that is gone as a whole is no use to list.
    private const int MaxFindings = 1000;

    /// <summary>A sentence for everything wrong; none when all is well.</summary>
    public static async IAsyncEnumerable<string> FindAsync(
        ILake lake, ILakeInventory inventory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = 0;
        await foreach (var finding in FindAllAsync(lake, inventory, cancellationToken))
        {
            if (++found <= MaxFindings)
                yield return finding;
        }

        if (found > MaxFindings)
            yield return FormattableString.Invariant($"And {found - MaxFindings} more files of the lake are missing, altered or unknown.");
    }

    // Both lists are in the same order.
    private static async IAsyncEnumerable<string> FindAllAsync(
        ILake lake, ILakeInventory inventory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var files = lake.ListAsync("", cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasFile = await files.MoveNextAsync();
        await foreach (var entry in inventory.ListAsync(cancellationToken))
        {
            for (; hasFile && string.CompareOrdinal(files.Current.Path, entry.Path) < 0; hasFile = await files.MoveNextAsync())
                yield return Unknown(files.Current);
            var isThere = hasFile && files.Current.Path == entry.Path;
            if (entry.State == InventoryState.Present)
            {
                if ((isThere ? await ProblemAsync(lake, files.Current, entry, cancellationToken) : "is missing") is { } problem)
                    yield return $"{entry.Path} {problem}. The inventory of the lake has it with {entry.Length} bytes.";
            }

            if (isThere)
                hasFile = await files.MoveNextAsync();
        }

        for (; hasFile; hasFile = await files.MoveNextAsync())
            yield return Unknown(files.Current);
    }

    private static string Unknown(LakeFile file) => $"{file.Path} lies in the lake, but the inventory does not know it: this program has not put it there.";

    private static async Task<string?> ProblemAsync(ILake lake, LakeFile file, InventoryEntry entry, CancellationToken cancellationToken) =>
        file.Length != entry.Length ? FormattableString.Invariant($"was altered: it has {file.Length} bytes")
        : await LakeDigest.Sha256Async(lake, file.Path, cancellationToken) != entry.Sha256 ? "was altered: its digest is another"
        : null;
}
