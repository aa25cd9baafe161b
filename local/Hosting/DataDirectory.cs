namespace ClickFuncs.Local.Hosting;

/// <summary>The folder that holds everything one machine knows: what is where in it.</summary>
internal sealed class DataDirectory
{
    /// <summary>Names the folder and makes it if it is missing.</summary>
    /// <param name="root">Path of the folder.</param>
    /// <param name="mustExist">For those who only look: a misspelt folder should be an error, not an empty one.</param>
    /// <exception cref="DirectoryNotFoundException">It must exist and doesn't.</exception>
    public DataDirectory(string root, bool mustExist = false)
    {
        Root = Path.GetFullPath(root);
        if (mustExist && !Directory.Exists(Root))
            throw new DirectoryNotFoundException($"There is no data folder {Root}. Name it with --data; 'up' and 'ingest' make one.");
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Ingest);
    }

    public string Root { get; }

    /// <summary>The click log's segments.</summary>
    public string Log => Path.Combine(Root, "log");

    /// <summary>Partition heads, deltas and side outputs, with the snapshots beside them.</summary>
    public string State => Path.Combine(Root, "state");

    public string Catalog => Path.Combine(Root, "catalog.db");

    /// <summary>Secrets that sign links; readable by the owner only.</summary>
    public string LinkKeys => Path.Combine(Root, "link-keys.json");

    /// <summary>Settings; may be absent.</summary>
    public string Settings => Path.Combine(Root, "clickfuncs.json");

    /// <summary>Progress notes of file imports.</summary>
    public string Ingest => Path.Combine(Root, "ingest");

    /// <summary>Where a running host listens.</summary>
    public string Host => Path.Combine(Root, "host.json");
}
