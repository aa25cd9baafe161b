using System.Text;
using ClickFuncs.Budgets;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>
/// Sums up, campaign by campaign, the windows that a commit changed: what the second stage hears of it. However many clicks and keys a
/// campaign has, it is one amount per window. Not thread-safe.
/// </summary>
internal sealed class SpendCollector
{
    private const int CampaignIndex = 1;
    private const int CurrencyIndex = 5;

    private readonly Dictionary<SpendKey, long> _sums = [];

    // Ids and currencies seen before: most come again in the next window.
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Adds the absolute amounts of those campaigns that the changed cells of a window belong to.</summary>
    public void Collect(WindowSlice slice, int partition, List<SpendPartial> into)
    {
        _sums.Clear();
        foreach (var number in slice.Changed)
        {
            if (slice[number].Metrics.SpendMicros != 0)
                _sums[KeyOf(slice.GetKey(number))] = 0;
        }

        if (_sums.Count == 0)
            return;
        for (var number = 0; number < slice.Count; number++)
        {
            ref readonly var metrics = ref slice[number].Metrics;
            if (metrics.SpendMicros != 0 && KeyOf(slice.GetKey(number)) is var key && _sums.TryGetValue(key, out var sum))
                _sums[key] = checked(sum + metrics.SpendMicros);
        }

        foreach (var (key, micros) in _sums)
            into.Add(new SpendPartial(key.CampaignId, key.Currency, partition, slice.Minute * WatermarkRule.WindowMs, -1, micros));
        if (_texts.Count > 1_000_000)
            _texts.Clear();
    }

    private SpendKey KeyOf(ReadOnlySpan<byte> key)
    {
        var reader = new DimensionKeyReader(key);
        var (campaign, currency) = ("", "");
        while (reader.TryRead(out var index, out var value))
        {
            if (index == CampaignIndex)
                campaign = Text(value);
            else if (index == CurrencyIndex)
                currency = Text(value);
            else if (index > CurrencyIndex)
                break;
        }

        return new SpendKey(campaign, currency);
    }

    // One string per campaign, not one per cell and commit.
    private string Text(ReadOnlySpan<byte> utf8)
    {
        Span<char> chars = stackalloc char[utf8.Length];
        chars = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        var texts = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (texts.TryGetValue(chars, out var text))
            return text;
        text = new string(chars);
        _texts.Add(text, text);
        return text;
    }
}
