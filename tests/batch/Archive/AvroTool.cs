using System.Diagnostics;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>Runs another Avro implementation.</summary>
internal static class AvroTool
{
    /// <summary>Runs avsc's script in <c>tests/batch/interop</c>.</summary>
    public static Task<string[]> AvscAsync(string input, params string[] arguments) =>
        RunAsync("node", input, [Path.Combine(Repository.Root, "tests", "batch", "interop", "avsc.mjs"), .. arguments]);

    /// <summary>Runs a program with a text as its input, and gives the lines it prints. It must succeed.</summary>
    public static async Task<string[]> RunAsync(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
