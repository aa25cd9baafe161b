using ClickFuncs.Batch.Recount;
using ClickFuncs.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>The judge alone, on many small logs: what it marks adds up to plain truth, and to the naive stream.</summary>
public sealed class CopyJudgeProperties
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds * 10 : 400;

    [Fact]
    public void Add_AnyCopies_MarksTruthAndWhatTheStreamHasOtherwise()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var policy = RecountProperties.RandomPolicy(random);
            var log = RandomLog.Make(random, 300);
            var day = RandomLog.Day + random.Next(-2, 3);
            var cut = RecountProperties.RandomCut(random, log, policy);
            var marks = Judge(log, day, cut);
            RecountSums.AssertEqual(PlainTruth.Count(log, day, cut), RecountSums.Truth(marks), $"seed {seed}, truth");
            RecountSums.AssertEqual(PlainTruth.CountStream(log, day, cut), RecountSums.Stream(marks), $"seed {seed}, naive stream");
        }
    }

    private static List<RecountRow> Judge(LogOfEvents log, int day, DayCut cut)
    {
        var rows = new List<RecountRow>();
        var marks = new List<CopyMark>();
        var judge = new CopyJudge(cut.Policy, day, long.MinValue, marks);
        var copies = Copies(log, cut).GroupBy(c => (log[c.Partition][(int)c.Sequence].Type, log[c.Partition][(int)c.Sequence].ClickId));
        foreach (var id in copies.Where(id => id.Key.Type != EventType.NonClick))
        {
            foreach (var copy in id)
            {
                judge.Add(copy);
                if (copy.EventTimeMs / 86_400_000 == day)
                    rows.Add(ToRow(log, new CopyMark(copy.Partition, copy.Sequence, RecountCause.Truth, 0, 1)));
            }

            judge.End();
        }

        Assert.Equal(0, judge.Unsure);
        rows.AddRange(marks.Select(mark => ToRow(log, mark)));
        return rows;
    }

    /// <summary>Valid events up to the cut, by partition and sequence number.</summary>
    private static IEnumerable<EventCopy> Copies(LogOfEvents log, DayCut cut)
    {
        foreach (var partition in cut.Partitions)
        {
            var newest = long.MinValue;
            for (var i = 0; i <= partition.LastSequence; i++)
            {
                var e = log[partition.Partition][i];
                if (!PlainTruth.IsValid(e, cut.Policy))
                    continue;
                newest = Math.Max(newest, e.TimeMs);
                var fate = cut.Quarantined.Contains(new RecordPosition(partition.Partition, i)) ? CopyFate.Quarantined
                    : i > partition.PublishedSequence ? CopyFate.NotProcessed : CopyFate.Processed;
                yield return new EventCopy(partition.Partition, i, e.TimeMs, newest, fate);
            }
        }
    }

    private static RecountRow ToRow(LogOfEvents log, CopyMark mark)
    {
        var e = log[mark.Partition][(int)mark.Sequence];
        var metrics = e.Type switch
        {
            EventType.Click when e.Verdict.Tier == VerdictTier.Invalid => new WindowMetrics { InvalidClicks = mark.Counts, RawClicks = mark.RawClicks },
            EventType.Click when e.OverBudget => new WindowMetrics { OverBudgetClicks = mark.Counts, RawClicks = mark.RawClicks },
            EventType.Click => new WindowMetrics { Clicks = mark.Counts, RawClicks = mark.RawClicks, SpendMicros = mark.Counts * e.CostMicros },
            EventType.Impression => new WindowMetrics { Impressions = mark.Counts },
            _ => new WindowMetrics { Conversions = mark.Counts },
        };
        return new RecountRow(mark.Cause, e.TimeMs - (e.TimeMs % 3_600_000), e.RowKey, metrics);
    }
}
