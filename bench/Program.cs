using BenchmarkDotNet.Running;

namespace ClickFuncs.Bench;

internal static class BenchProgram
{
    private static int Main(string[] args) => args is ["processor", ..] ? Processor.ProcessorBench.Run(args[1..]) : 0;
}
