namespace ClickFuncs.Local.Hosting;

/// <summary>The folder that holds everything one machine knows: what is where in it.</summary>
internal sealed class DataDirectory
{
    /// <summary>Names the folder and makes it if it is missing.</summary>
    public DataDirectory(string root)
    {
        Root = Path.GetFullPath(root);
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Ingest);
    }

    /// <summary>Names a folder that must be there: a misspelt name shall not pass for a folder without data.</summary>
    /// <exception cref="DirectoryNotFoundException">It is not.</exception>
    public static DataDirectory Existing(string root) => Directory.Exists(root)
        ? new DataDirectory(root)
        : throw new DirectoryNotFoundException($"There is no data folder {Path.GetFullPath(root)}. Name it with --data; 'up', 'ingest' and 'catalog add' make one.");

    public string Root { get; }

    /// <summary>The click log's segments.</summary>
    public string Log => Path.Combine(Root, "log");

    /// <summary>Where clicks wait while the log is away, unless the settings name another place.</summary>
    public string Spool => Path.Combine(Root, "spool");

    /// <summary>Partition heads, deltas and side outputs, with the snapshots beside them.</summary>
    public string State => Path.Combine(Root, "state");

    /// <summary>The archive, and what is made from it.</summary>
    public string Lake => Path.Combine(Root, "lake");

    /// <summary>What the lake must hold.</summary>
    public string LakeInventory => Path.Combine(Root, "lake-inventory.db");

    /// <summary>Reports of the partitions to whoever keeps budgets.</summary>
    public string SpendReports => Path.Combine(Root, "signals", "spend");

    /// <summary>Signals of accepted clicks to the velocity rules: pseudonyms and times.</summary>
    public string IdentitySignals => Path.Combine(Root, "signals", "identity");

    /// <summary>Velocity flags.</summary>
    public string Velocity => Path.Combine(Root, "velocity.db");

    /// <summary>The secret behind the pseudonyms of the second stage; readable by the owner only.</summary>
    public string IdentityKey => Path.Combine(Root, "identity-key.json");

    /// <summary>Budgets, and what was spent of them.</summary>
    public string Budgets => Path.Combine(Root, "budgets.db");

    public string Catalog => Path.Combine(Root, "catalog.db");

    /// <summary>Hashes of the API keys.</summary>
    public string ApiKeys => Path.Combine(Root, "api-keys.db");

    /// <summary>Which quarantined events were sent again.</summary>
    public string Replays => Path.Combine(Root, "replays.db");

    /// <summary>Journals of the workflows; absent until one can run.</summary>
    public string Workflows => Path.Combine(Root, "workflows.db");

    /// <summary>What advertisers owe and paid; absent until something is posted.</summary>
    public string Ledger => Path.Combine(Root, "ledger.db");

    /// <summary>The seals that closes put into the lake.</summary>
    public string LedgerSeals => Path.Combine(Root, "lake", "ledger", "seals");

    /// <summary>Files that nobody misses after a crash.</summary>
    public string Scratch => Path.Combine(Root, "scratch");

    /// <summary>The secret behind the pseudonyms in the compacted archive; readable by the owner only.</summary>
    public string PseudonymKey => Path.Combine(Root, "pseudonym-key.json");

    /// <summary>Secrets that sign links; readable by the owner only.</summary>
    public string LinkKeys => Path.Combine(Root, "link-keys.json");

    /// <summary>The private key of this machine's own token issuer; readable by the owner only.</summary>
    public string DevelopmentIssuer => Path.Combine(Root, "development-issuer.json");

    /// <summary>Keys that browser sessions are encrypted with; readable by the owner only.</summary>
    public string SessionKeys => Path.Combine(Root, "session-keys");

    /// <summary>Browser sessions that were signed out before their end.</summary>
    public string RevokedSessions => Path.Combine(Root, "revoked-sessions.db");

    /// <summary>Settings; may be absent.</summary>
    public string Settings => Path.Combine(Root, "clickfuncs.json");

    /// <summary>Progress notes of file imports.</summary>
    public string Ingest => Path.Combine(Root, "ingest");

    /// <summary>Where a running host listens.</summary>
    public string Host => Path.Combine(Root, "host.json");
}
