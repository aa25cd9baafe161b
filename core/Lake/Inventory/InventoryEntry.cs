namespace ClickFuncs.Lake.Inventory;

/// <summary>A file that an inventory knows of.</summary>
/// <param name="Path">Its path in the lake.</param>
/// <param name="State">Whether it must be there.</param>
/// <param name="Length">Its size in bytes; 0 while it is being written.</param>
/// <param name="Sha256">Digest of its bytes, 64 lower-case hexadecimal digits; empty while it is being written.</param>
public sealed record InventoryEntry(string Path, InventoryState State, long Length, string Sha256);

/// <summary>Whether a file of an inventory must be there.</summary>
public enum InventoryState
{
    /// <summary>Somebody began to write it: it may be there, with any content.</summary>
    Expected = 0,

    /// <summary>It is there, with the content that is noted.</summary>
    Present = 1,

    /// <summary>Somebody began to delete it: it may be there, and is to go.</summary>
    Leaving = 2,
}
