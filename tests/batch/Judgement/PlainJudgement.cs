using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Events;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Tests.Judgement;

/// <summary>What the rules say of a day, by looking at every window of every click: slow, and obviously the rule.</summary>
internal static class PlainJudgement
{
    private const long DayMs = 86_400_000;

    /// <summary>The clicks that count on a day: the first copy of each id in the look-back.</summary>
    public static List<TestEvent> CountedClicks(LogOfEvents log, int day, CountingPolicy policy) =>
    [
        .. FirstCopies(log, (day - policy.LookBackDays) * DayMs, (day + 1) * DayMs, policy).Where(click => click.TimeMs >= day * DayMs),
    ];

    /// <summary>Ids of the day's clicks whose address or user clicked the ad too fast.</summary>
    public static SortedSet<string> Flagged(LogOfEvents log, int day, CountingPolicy policy, JudgementRules rules, VerdictReasons kind)
    {
        // Far more than can matter lies before the day, and a step may end after it.
        var all = FirstCopies(log, (day - Math.Max(policy.LookBackDays, 1)) * DayMs, ((day + 1) * DayMs) + rules.ResolutionMs, policy)
            .Concat(policy.LookBackDays == 0 ? CountedClicks(log, day, policy) : [])
            .Distinct()
            .Where(click => click.TimeMs / rules.ResolutionMs <= (((day + 1) * DayMs) - 1) / rules.ResolutionMs)
            .ToList();
        var flagged = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var identity in all.Where(click => IdentityOf(click, kind).Length > 0).GroupBy(click => (IdentityOf(click, kind), click.Key.AdId)))
        {
            var breaches = identity.Select(click => click.TimeMs / rules.ResolutionMs).Distinct()
                .Where(step => identity.Count(other => IsWithin(other.TimeMs / rules.ResolutionMs, step, rules)) > rules.Threshold).ToList();
            flagged.UnionWith(
                from click in identity
                where click.TimeMs >= day * DayMs && click.TimeMs < (day + 1) * DayMs
                where breaches.Any(step => step <= click.TimeMs / rules.ResolutionMs && click.TimeMs - (step * rules.ResolutionMs) < rules.CoolingMs)
                select click.ClickId);
        }

        return flagged;
    }

    private static bool IsWithin(long step, long end, JudgementRules rules) => step <= end && step > end - (rules.WindowMs / rules.ResolutionMs);

    private static string IdentityOf(TestEvent click, VerdictReasons kind) => kind == VerdictReasons.VelocityUser
        ? click.UserId
        : click.Ip.StartsWith("127.", StringComparison.Ordinal) || click.Ip == "::1" ? "" : click.Ip;

    private static List<TestEvent> FirstCopies(LogOfEvents log, long fromMs, long toMs, CountingPolicy policy) =>
    [
        .. log.Records.Where(r => r.Event.Type == EventType.Click && PlainTruth.IsValid(r.Event, policy) && r.Event.TimeMs >= fromMs && r.Event.TimeMs < toMs)
            .GroupBy(r => r.Event.ClickId)
            .Select(copies => copies.OrderBy(r => r.Event.TimeMs).ThenBy(r => r.Partition).ThenBy(r => r.Sequence).First().Event),
    ];
}
