using System.Diagnostics;
using ClickFuncs.Api.Problems;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Api.Redirect;

/// <summary>What is known of a click request once its event is on the way to the log, or why it was refused.</summary>
/// <param name="Refusal">Null when the event is on its way.</param>
/// <param name="Location">Where to redirect.</param>
/// <param name="NonClick">Why it is no click, if it is none.</param>
/// <param name="Verdict">How the click was judged; nobody judges what is no click.</param>
/// <param name="OverBudget">Whether the campaign was to be stopped; nobody asks of what is no click.</param>
/// <param name="Append">Completes when the event is durable.</param>
/// <param name="Trace">The span of the redirect, if this click is traced.</param>
internal readonly record struct RedirectStart(
    Problem? Refusal, string Location, NonClickReason NonClick, Verdict Verdict, bool OverBudget, ValueTask<LogPosition> Append, Activity? Trace = null)
{
    public static RedirectStart Refused(Problem problem) => new(problem, "", NonClickReason.None, default, false, default);
}
