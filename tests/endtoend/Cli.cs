using System.Diagnostics;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>Runs programs to their end: the product's verbs, and scripts beside the tests.</summary>
internal static class Cli
{
    /// <summary>The setting that has a host send probe clicks.</summary>
    internal const string ProbesVariable = "ClickFuncs__Freshness__Probes";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>What a program left behind.</summary>
    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>Standard output of a program that must have succeeded.</summary>
        public string Succeeded() => ExitCode == 0 ? Output : throw new InvalidOperationException($"Ended with {ExitCode}:\n{Error}");
    }

    /// <summary>Runs a verb of the product.</summary>
    public static Task<Result> RunAsync(params string[] args) => RunToEndAsync(StartInfo(args));

    /// <summary>Runs a verb that was made ready with <see cref="StartInfo"/>.</summary>
    public static Task<Result> RunAsync(ProcessStartInfo start) => RunToEndAsync(start);

    /// <summary>Runs a verb and kills it (SIGKILL) when it is not done by then.</summary>
    /// <param name="moment">When, after its start.</param>
    /// <param name="args">The verb and its arguments.</param>
    /// <returns>What it left behind; killed or not.</returns>
    public static async Task<Result> RunUntilAsync(TimeSpan moment, params string[] args)
    {
        using var end = new CancellationTokenSource(moment);
        return await RunToEndAsync(StartInfo(args), end.Token);
    }

    /// <summary>Runs a Node script of the end-to-end tests.</summary>
    /// <param name="script">File name beside the test assembly.</param>
    /// <param name="args">Its arguments.</param>
    public static Task<Result> RunScriptAsync(string script, params string[] args) =>
        RunToEndAsync(Redirected("node", [Path.Combine(AppContext.BaseDirectory, script), .. args]));

    /// <summary>How a verb is started: the assembly that was built with the tests, under the same runtime.</summary>
    internal static ProcessStartInfo StartInfo(params string[] args)
    {
        var start = Redirected("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ClickFuncs.Local.dll"), .. args]);
        // Tests count events to the last one. Those about probes turn them on.
        start.Environment[ProbesVariable] = "false";
        return start;
    }

    /// <summary>A program whose standard streams the caller reads.</summary>
    internal static ProcessStartInfo Redirected(string program, IEnumerable<string> args) =>
        new(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };

    private static async Task<Result> RunToEndAsync(ProcessStartInfo start, CancellationToken killed = default)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await using (killed.Register(process.Kill))
                await process.WaitForExitAsync(limit.Token);
            return new Result(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
