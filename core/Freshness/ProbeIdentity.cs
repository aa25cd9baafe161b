using System.Text;

namespace ClickFuncs.Freshness;

/// <summary>
/// What marks the clicks that the system makes to measure itself. They cost nothing and have no currency, so nothing can be charged
/// for them, and reconciliation leaves them out on both sides. The advertiser id alone does not make a probe: what costs
/// something is billed, whoever it names.
/// </summary>
public static class ProbeIdentity
{
    /// <summary>Advertiser, campaign and ad of every probe. Nobody has them in a catalog.</summary>
    public const string Id = "clickfuncs-probe";

    /// <summary>The same as it lies in events.</summary>
    public static ReadOnlySpan<byte> Utf8Id => "clickfuncs-probe"u8;

    /// <summary>Whether a row is that of probes.</summary>
    public static bool IsProbe(string advertiserId, string currency) => advertiserId == Id && currency.Length == 0;

    /// <summary>The condition that leaves probes out, in SQL over the columns of a key.</summary>
    public const string LeftOutSql = "NOT (advertiser_id = '" + Id + "' AND currency = '')";

    internal static byte[] Slot(int number) => Encoding.UTF8.GetBytes(SlotText(number));

    internal static string SlotText(int number) => FormattableString.Invariant($"slot_{number:0000}");
}
