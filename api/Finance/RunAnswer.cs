using System.Text.Json.Serialization;

namespace ClickFuncs.Api.Finance;

/// <summary>A run of a workflow.</summary>
/// <typeparam name="TOutcome">What it comes to.</typeparam>
/// <param name="Id">What it is about; a run again has the same.</param>
/// <param name="Execution">Counts the runs of the id.</param>
/// <param name="Workflow">Name of the workflow.</param>
/// <param name="State">pending, running, completed, failed or cancelled.</param>
/// <param name="CreatedAt">When this run was asked for.</param>
/// <param name="UpdatedAt">When it last moved.</param>
/// <param name="StepsDone">Steps it has behind it.</param>
/// <param name="Progress">Where it is; null before it begins.</param>
/// <param name="Outcome">What it came to; null unless it completed.</param>
/// <param name="Failure">Why it failed, in a sentence; else null.</param>
public sealed record RunAnswer<TOutcome>(
    string Id, int Execution, string Workflow, string State, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long StepsDone, ProgressAnswer? Progress,
    TOutcome? Outcome, string? Failure);

/// <summary>A page of runs, ids descending.</summary>
/// <typeparam name="TOutcome">What they come to.</typeparam>
/// <param name="Runs">The page.</param>
/// <param name="Continuation">For the next page; null on the last.</param>
public sealed record RunsAnswer<TOutcome>(IReadOnlyList<RunAnswer<TOutcome>> Runs, string? Continuation);

/// <summary>Where a run is.</summary>
/// <param name="Phase">What it does.</param>
/// <param name="Waiting">What it waits for; else null.</param>
/// <param name="Done">Buckets that are counted, while it counts.</param>
/// <param name="Total">Of how many.</param>
public sealed record ProgressAnswer(string Phase, string? Waiting, int? Done, int? Total);

/// <summary>What a close came to.</summary>
/// <param name="Date">The day.</param>
/// <param name="Revision">The revision that stands now.</param>
/// <param name="IsNew">Whether this run made it.</param>
/// <param name="Alerts">drift, unexplained.</param>
/// <param name="Entries">Ledger entries of this run.</param>
public sealed record CloseOutcomeAnswer(DateOnly Date, int Revision, bool IsNew, IReadOnlyList<string> Alerts, int Entries);

/// <summary>What a close is asked with.</summary>
/// <param name="Date">A day that is over, UTC.</param>
public sealed record CloseBody(DateOnly Date);

/// <summary>What a backfill is asked with.</summary>
/// <param name="From">Start of the range, a whole hour.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Then">keep (default), apply or discard.</param>
public sealed record BackfillAsked(DateTimeOffset From, DateTimeOffset To, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Then = null);
