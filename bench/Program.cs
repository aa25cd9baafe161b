using BenchmarkDotNet.Running;
using ClickFuncs.Bench.Analytics;

namespace ClickFuncs.Bench;

internal static class BenchProgram
{
    private static async Task Main(string[] args)
    {
        if (args is ["analytics", ..])
            await AnalyticsRun.Run(args[1..]);
        else
            BenchmarkSwitcher.FromAssembly(typeof(BenchProgram).Assembly).Run(args);
    }
}
