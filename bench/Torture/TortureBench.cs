using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Bench.Redirect;

namespace ClickFuncs.Bench.Torture;

/// <summary>
/// Does the real host keep its promises when it is really killed? Under load it is stopped, its disks are filled and frozen, its folder made
/// read-only, in an order that the seed decides; then it is killed, and the tails of its files are damaged. After each round <c>verify</c> must find nothing,
/// and every click that the load generator was answered must be on the log or in the spool; every few rounds everything must be counted
/// exactly once. Ends with 1 at the first broken promise, and names seed, round and what happened in it.
/// </summary>
internal static class TortureBench
{
    public static async Task<int> Run(string[] args)
    {
        var rounds = Number("--rounds", 200, "Rounds, each with one death of the host.");
        var seed = Number("--seed", Random.Shared.Next(1_000_000), "Decides faults and moments; other processes and the machine decide the rest.");
        var rate = Number("--rate", 2000, "Clicks per second.");
        var seconds = Number("--seconds", 4, "Length of a round's load.");
        var settle = Number("--settle-every", 5, "After so many rounds everything is drained, counted and compared.");
        var fresh = Number("--fresh-every", 25, "After so many rounds a new data folder is begun.");
        var command = new RootCommand("Tortures the real host and looks for lost and doubled clicks.") { rounds, seed, rate, seconds, settle, fresh };
        command.SetAction(async (parsed, cancellationToken) => await TortureAsync(
            new TortureOptions(
                parsed.GetValue(rounds), parsed.GetValue(seed), parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(settle), parsed.GetValue(fresh)),
            cancellationToken));
        // Whoever interrupts it waits for the end of the round: hosts are ended, disks unmounted.
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
    }

    private static async Task<int> TortureAsync(TortureOptions options, CancellationToken cancellationToken)
    {
        Print($"seed {options.Seed}, {options.Rounds} rounds{(TortureDisk.IsPossible ? "" : "; no right to mount: only signals and torn tails")}");
        var (started, round, acknowledged, counted) = (Stopwatch.GetTimestamp(), 0, 0L, 0L);
        try
        {
            while (round < options.Rounds && !cancellationToken.IsCancellationRequested)
            {
                using var folder = await TortureFolder.CreateAsync(BenchServer.FreePort());
                var last = Math.Min(options.Rounds, round + options.FreshEvery);
                var inFolder = 0;
                while (round < last && !cancellationToken.IsCancellationRequested)
                {
                    round++;
                    acknowledged += await RoundAsync(folder, options, round);
                    if (round % options.SettleEvery != 0 && round != last)
                        continue;
                    inFolder = await folder.RequireCountedAsync();
                    Print($"round {round}: all {inFolder} clicks of this folder are counted once, {folder.Ledger.Count} of them acknowledged");
                }

                counted += inFolder;
            }
        }
        catch (TortureException broken)
        {
            Print($"BROKEN in round {round} of seed {options.Seed}: {broken.Message}");
            return 1;
        }

        Print($"seed {options.Seed}: {round} rounds in {Stopwatch.GetElapsedTime(started).TotalMinutes:F1} min, {acknowledged} clicks acknowledged, {counted} on the log: 0 acknowledged clicks lost, 0 doubled, ledger intact");
        return 0;
    }

    private static async Task<int> RoundAsync(TortureFolder folder, TortureOptions options, int number)
    {
        // A round's choices depend on its number alone, so that it can be run again by itself.
        var round = new TortureRound(folder, options, number, new Random(HashCode(options.Seed, number)));
        try
        {
            var acknowledged = await round.RunAsync();
            var (logged, spooled) = await folder.RequireWholeAsync();
            Print($"round {number}: {acknowledged} acknowledged; {logged} on the log, {spooled} in the spool; {round.Story}");
            return acknowledged;
        }
        catch (TortureException broken)
        {
            throw new TortureException($"{broken.Message} What happened: {round.Story}.");
        }
    }

    private static int HashCode(int seed, int round) => unchecked((seed * 486_187_739) + (round * 16_777_619));

    private static Option<int> Number(string name, int value, string description) => new(name) { DefaultValueFactory = _ => value, Description = description };

    private static void Print(FormattableString line) => Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {line.ToString(CultureInfo.InvariantCulture)}");
}
