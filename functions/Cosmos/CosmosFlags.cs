using System.Text.Json;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Velocity;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>Velocity flags on Cosmos DB, as a journal of the lane's steps. One owner's calls come one after the other.</summary>
/// <param name="documents">The container.</param>
public sealed class CosmosFlags(IDocuments documents) : IFlagStore
{
    // A reader and the next owner read at most so many entries.
    private const int EntriesPerSnapshot = 200;

    private readonly OwnedJournal _journal = new(documents, "velocity");
    private FlagFold? _fold;
    private int _entries;

    /// <inheritdoc/>
    public async ValueTask<FlagState> TakeOverAsync(CancellationToken cancellationToken)
    {
        var state = await _journal.TakeOverAsync(cancellationToken);
        _fold = new FlagFold(state);
        _entries = state.Entries.Count;
        return new FlagState(state.Token, _fold.ReadFrom, _fold.Flags);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(long token, FlagCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var entry = new FlagEntry([.. commit.Flags], commit.ReadFrom, commit.ForgetBeforeMs);
        if (!await _journal.AppendAsync(token, JsonSerializer.SerializeToUtf8Bytes(entry, DocumentJson.Default.FlagEntry), cancellationToken))
            throw new FlagsTakenOverException(token);
        _fold!.Apply(entry);
        if (++_entries < EntriesPerSnapshot)
            return;
        if (!await _journal.SaveSnapshotAsync(token, _fold.Snapshot(), cancellationToken))
            throw new FlagsTakenOverException(token);
        _entries = 0;
    }

    /// <summary>The committed flags, without taking them over: for instances that only look.</summary>
    public async Task<FlagState> ReadAsync(CancellationToken cancellationToken)
    {
        var state = await new OwnedJournal(documents, "velocity").ReadAsync(cancellationToken);
        var fold = new FlagFold(state);
        return new FlagState(state.Token, fold.ReadFrom, fold.Flags);
    }
}
