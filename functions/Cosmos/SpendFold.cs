using System.Text.Json;
using ClickFuncs.Budgets;
using ClickFuncs.Functions.Documents;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>The spend that a journal's snapshot and entries come to. Not thread-safe.</summary>
internal sealed class SpendFold
{
    private readonly Dictionary<int, CoveredPartition> _covered = [];
    private readonly Dictionary<(string Campaign, string Currency, int Partition, long Minute), SpendPartial> _partials = [];
    private readonly Dictionary<(string Campaign, string Currency, int Day), SealedSpend> _sealed = [];
    private long _readThrough = -1;

    public SpendFold(JournalState state)
    {
        if (state.Snapshot is { } snapshot)
        {
            var stored = JsonSerializer.Deserialize(snapshot.Span, DocumentJson.Default.SpendEntryState)!;
            Apply(new SpendEntry(stored.Covered, stored.Partials, stored.Sealed, stored.ReadThrough, null, null));
        }

        foreach (var entry in state.Entries)
            Apply(JsonSerializer.Deserialize(entry.Span, DocumentJson.Default.SpendEntry)!);
    }

    public SpendState State(long token) => new(token, [.. _covered.Values], [.. _partials.Values], [.. _sealed.Values], _readThrough);

    public byte[] Snapshot() => JsonSerializer.SerializeToUtf8Bytes(
        new SpendEntryState([.. _covered.Values], [.. _partials.Values], [.. _sealed.Values], _readThrough), DocumentJson.Default.SpendEntryState);

    public void Apply(SpendEntry entry)
    {
        _readThrough = entry.ReadThrough ?? _readThrough;
        foreach (var partial in entry.Partials)
            _partials[(partial.CampaignId, partial.Currency, partial.Partition, partial.MinuteStartMs)] = partial;
        foreach (var day in entry.Sealed)
            _sealed[(day.CampaignId, day.Currency, day.Day)] = day;
        foreach (var covered in entry.Covered)
            _covered[covered.Partition] = covered;
        var sealedBefore = entry.Covered.ToDictionary(covered => covered.Partition, covered => covered.SealedMs);
        Remove(_partials, partial => sealedBefore.TryGetValue(partial.Partition, out var before) && partial.MinuteStartMs < before);
        if (entry.ForgetBefore is not { } day0)
            return;
        var kept = (entry.Kept ?? []).ToHashSet(StringComparer.Ordinal);
        Remove(_partials, partial => partial.Day < day0 && !kept.Contains(partial.CampaignId));
        Remove(_sealed, day => day.Day < day0 && !kept.Contains(day.CampaignId));
    }

    private static void Remove<TKey, T>(Dictionary<TKey, T> from, Func<T, bool> isGone)
        where TKey : notnull
    {
        foreach (var (key, value) in from)
        {
            if (isGone(value))
                from.Remove(key);
        }
    }
}
