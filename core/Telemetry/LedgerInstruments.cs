using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of the ledger.</summary>
public static class LedgerInstruments
{
    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Entries posted; tag <c>kind</c>: charge, correction, payment, credit.</summary>
    public static readonly Counter<long> Entries = Meter.CreateCounter<long>(
        "clickfuncs.ledger.entries", "{entry}", "Ledger entries posted, by kind.");

    /// <summary>Postings that left an advertiser owing more than its credit limit.</summary>
    public static readonly Counter<long> OverLimit = Meter.CreateCounter<long>(
        "clickfuncs.ledger.over_limit", "{posting}", "Postings that left an advertiser over its credit limit.");
}
