using System.Text;
using ClickFuncs.Budgets;
using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>
/// Collects what the windows of a commit say of campaigns' spend: what the second stage hears of it. However many clicks and keys a
/// campaign has, it is one amount per window. Not thread-safe.
/// </summary>
internal sealed class SpendCollector
{
    // Far more than campaigns that are clicked at the same time; beyond it ids are made anew.
    private const int MaxTexts = 200_000;

    // Ids and currencies seen before: most come again in the next commit.
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Adds the absolute amounts of the campaigns that changed in a window.</summary>
    public void Collect(WindowSlice slice, int partition, List<SpendPartial> into)
    {
        foreach (var group in slice.Spend.Changed)
        {
            var micros = slice.Spend.Read(slice, group, out var campaign, out var currency);
            into.Add(new SpendPartial(Text(campaign), Text(currency), partition, slice.Minute * WatermarkRule.WindowMs, -1, micros));
        }

        slice.Spend.ForgetChanges();
        if (_texts.Count > MaxTexts)
            _texts.Clear();
    }

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
