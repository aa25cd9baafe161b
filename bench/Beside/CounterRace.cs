using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Bench.Redirect;

namespace ClickFuncs.Bench.Beside;

/// <summary>Lets the product and others count the same clicks in turns, compares the totals, and prints the median ratios of the turns.</summary>
internal static class CounterRace
{
    public static async Task<int> RunAsync(int count, int rounds, IReadOnlyList<Func<Task<IClickCounter>>> others, CancellationToken cancellationToken)
    {
        using var places = new BenchPlaces();
        var clicks = await BesideClicks.MakeAsync(places.FillIn("{data}/log", "", 0), count, cancellationToken);
        Print($"{clicks.All.Count:N0} clicks, {clicks.Unique:N0} of them unique; machine with {Environment.ProcessorCount} cores, load average {LoadAverage()}");
        var sides = others.Prepend(ProductCounter.Start(clicks.Log)).ToList();
        var runs = sides.Select(_ => new List<CounterRun>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            for (var side = 0; side < sides.Count; side++)
            {
                var run = await MeasureAsync(sides[side], clicks, cancellationToken);
                Print($"{(round == 0 ? "warm-up" : $"round {round}"),-8} {run.Name,-38} {clicks.All.Count / run.Clock.TotalSeconds,10:N0} clicks/s {run.Processor.TotalMicroseconds / clicks.All.Count,7:F2} us of processor a click");
                if (round > 0)
                    runs[side].Add(run);
            }
        }

        foreach (var other in runs.Skip(1))
        {
            var (clock, processor) = (Ratio(runs[0], other, run => run.Clock), Ratio(runs[0], other, run => run.Processor));
            Print($"{runs[0][0].Name} counts {clock:F1} times as fast as {other[0].Name}, with {1 / processor:F2} times its processor time (medians of {rounds} pairs)");
        }

        return 0;
    }

    private static async Task<CounterRun> MeasureAsync(Func<Task<IClickCounter>> start, BesideClicks clicks, CancellationToken cancellationToken)
    {
        await using var counter = await start();
        GC.Collect();
        var (before, started) = (counter.ProcessorTime, Stopwatch.GetTimestamp());
        await counter.CountAsync(clicks, cancellationToken);
        var run = new CounterRun(counter.Name, Stopwatch.GetElapsedTime(started), counter.ProcessorTime - before);
        var total = await counter.ReadTotalAsync(cancellationToken);
        return total == clicks.Unique
            ? run
            : throw new InvalidOperationException($"{counter.Name} counted {total} clicks where there are {clicks.Unique}.");
    }

    private static double Ratio(List<CounterRun> ours, List<CounterRun> theirs, Func<CounterRun, TimeSpan> cost) =>
        RedirectBench.Median(ours.Zip(theirs, (our, their) => cost(their) / cost(our)));

    private static string LoadAverage() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record CounterRun(string Name, TimeSpan Clock, TimeSpan Processor);
}
