using System.Diagnostics.CodeAnalysis;

namespace ClickFuncs.Analytics.Overviews;

/// <summary>A validated query, or everything that is wrong with it.</summary>
/// <param name="Query">The query; null when there are errors.</param>
/// <param name="Errors">One sentence per error, for the person who asked.</param>
public sealed record OverviewQueryResult(OverviewQuery? Query, IReadOnlyList<string> Errors)
{
    /// <summary>Whether there is a query to run.</summary>
    [MemberNotNullWhen(true, nameof(Query))]
    public bool IsValid => Query is not null;
}
