using System.Text.Json;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Velocity;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>The flags that a journal's snapshot and entries come to. Not thread-safe.</summary>
internal sealed class FlagFold
{
    private readonly Dictionary<ulong, VelocityFlag> _flags = [];

    public FlagFold(JournalState state)
    {
        if (state.Snapshot is { } snapshot)
        {
            var stored = JsonSerializer.Deserialize(snapshot.Span, DocumentJson.Default.FlagEntryState)!;
            Apply(new FlagEntry(stored.Flags, stored.ReadFrom, long.MinValue));
        }

        foreach (var entry in state.Entries)
            Apply(JsonSerializer.Deserialize(entry.Span, DocumentJson.Default.FlagEntry)!);
    }

    public long ReadFrom { get; private set; }

    public IReadOnlyList<VelocityFlag> Flags => [.. _flags.Values];

    public void Apply(FlagEntry entry)
    {
        foreach (var flag in entry.Flags)
            _flags[flag.Identity] = flag;
        foreach (var (identity, flag) in _flags)
        {
            if (flag.UntilMs <= entry.ForgetBeforeMs)
                _flags.Remove(identity);
        }

        ReadFrom = Math.Max(ReadFrom, entry.ReadFrom);
    }

    public byte[] Snapshot() => JsonSerializer.SerializeToUtf8Bytes(new FlagEntryState(Flags, ReadFrom), DocumentJson.Default.FlagEntryState);
}
