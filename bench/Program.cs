using BenchmarkDotNet.Running;
using ClickFuncs.Bench.Analytics;
using ClickFuncs.Bench.Archive;
using ClickFuncs.Bench.Beside;
using ClickFuncs.Bench.Bots;
using ClickFuncs.Bench.Budgets;
using ClickFuncs.Bench.Log;
using ClickFuncs.Bench.Ndjson;
using ClickFuncs.Bench.Overload;
using ClickFuncs.Bench.Processor;
using ClickFuncs.Bench.Recount;
using ClickFuncs.Bench.Recovery;
using ClickFuncs.Bench.Redirect;
using ClickFuncs.Bench.Spool;
using ClickFuncs.Bench.Stream;
using ClickFuncs.Bench.Torture;
using ClickFuncs.Bench.Velocity;
using ClickFuncs.Bench.Visible;
using ClickFuncs.Bench.Workflows;
using ClickFuncs.Bench.Workload;

namespace ClickFuncs.Bench;

/// <summary><c>bench NAME [args]</c> runs one of the console measurements; anything else goes to BenchmarkDotNet.</summary>
internal static class BenchProgram
{
    private static readonly Dictionary<string, Func<string[], Task<int>>> Runners = new()
    {
        ["analytics"] = args => Run(AnalyticsRun.Run, args),
        ["analytics-years"] = args => Run(YearsRun.Run, args),
        ["archive"] = args => Run(ArchiveBench.Run, args),
        ["beside"] = BesideBench.Run,
        ["budget"] = BudgetBench.Run,
        ["bots"] = args => Task.FromResult(Run(BotsBench.Run, args)),
        ["flood"] = FloodBench.Run,
        ["log"] = args => Task.FromResult(Run(LogAppendBench.Run, args)),
        ["ndjson"] = args => Task.FromResult(Run(NdjsonBench.Run, args)),
        ["overload"] = OverloadBench.Run,
        ["processor"] = args => Task.FromResult(ProcessorBench.Run(args)),
        ["recovery"] = RecoveryBench.Run,
        ["recount"] = args => Run(RecountBench.Run, args),
        ["redirect"] = RedirectBench.Run,
        ["redirect-baseline"] = RedirectBaseline.Run,
        ["redirect-load"] = RedirectLoad.Run,
        ["soak"] = SoakBench.Run,
        ["spool"] = args => Task.FromResult(Run(SpoolCostBench.Run, args)),
        ["stream"] = StreamBench.Run,
        ["torture"] = TortureBench.Run,
        ["visible"] = VisibleBench.Run,
        ["workflow"] = args => Run(WorkflowBench.Run, args),
        ["workload"] = args => Task.FromResult(BenchWorkload.Run(args)),
    };

    private static int Run(Action<string[]> bench, string[] args)
    {
        bench(args);
        return 0;
    }

    private static async Task<int> Run(Func<string[], Task> bench, string[] args)
    {
        await bench(args);
        return 0;
    }

    private static async Task<int> Main(string[] args)
    {
        if (args.Length > 0 && Runners.TryGetValue(args[0], out var run))
            return await run(args[1..]);
        if (args.Length == 0)
            await Console.Error.WriteLineAsync($"Console measurements: {string.Join(", ", Runners.Keys)}. Others, by BenchmarkDotNet:");
        BenchmarkSwitcher.FromAssembly(typeof(BenchProgram).Assembly).Run(args);
        return 0;
    }
}
