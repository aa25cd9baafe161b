using System.Diagnostics;

namespace ClickFuncs.Infra.Tests;

/// <summary>Runs programs to their end.</summary>
internal static class Programs
{
    /// <summary>What a program left behind.</summary>
    internal sealed record Result(int ExitCode, string Output, string Errors);

    /// <summary>Runs a program with a text as its input.</summary>
    public static async Task<Result> RunAsync(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await errors);
    }
}
