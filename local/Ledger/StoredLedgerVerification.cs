using ClickFuncs.Ledger;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Ledger;

/// <summary>Checks the ledger of a data folder against itself and against every seal in the folder's lake.</summary>
internal static class StoredLedgerVerification
{
    /// <summary>A sentence per finding; none when all is well, or when there was never a ledger.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        var seals = await ReadSealsAsync(directory.LedgerSeals, findings, cancellationToken);
        if (!File.Exists(directory.Ledger))
        {
            if (seals.Any(seal => seal.Heads.Count > 0))
                findings.Add($"There is no {directory.Ledger}, but the lake holds seals of it. Restore it.");
            return findings;
        }

        try
        {
            using var ledger = new SqliteLedger(new SqliteLedgerOptions { Path = directory.Ledger }, NullLogger<SqliteLedger>.Instance);
            findings.AddRange(await ledger.VerifyAsync(seals, cancellationToken));
        }
        catch (LedgerCorruptException finding)
        {
            findings.Add(finding.Message);
        }

        return findings;
    }

    private static async Task<List<LedgerSeal>> ReadSealsAsync(string folder, List<string> findings, CancellationToken cancellationToken)
    {
        var seals = new List<LedgerSeal>();
        if (!Directory.Exists(folder))
            return seals;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                seals.Add(LedgerSealJson.Read(await File.ReadAllBytesAsync(file, cancellationToken), Path.GetFileName(file)));
            }
            catch (LedgerCorruptException finding)
            {
                findings.Add(finding.Message);
            }
        }

        return seals;
    }
}
