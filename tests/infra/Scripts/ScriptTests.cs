using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ClickFuncs.Infra.Tests.Scripts;

/// <summary>The hooks of <c>azd</c>, run for real with stand-ins for the programs they call, which write down how they were called.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clickfuncs-scripts-");

    private string Calls => File.Exists(PathOf("calls")) ? File.ReadAllText(PathOf("calls")) : "";

    [ShellFact]
    public async Task Secrets_SomeExist_MakesOnlyThoseMissing()
    {
        await MakeStandInAsync("az", """
            if [ "$3" = list ]; then echo link-key-1; exit 0; fi
            echo "$*" >> "$CALLS/calls"
            while [ $# -gt 0 ]; do [ "$1" = --file ] && cat "$2" >> "$CALLS/values" && echo >> "$CALLS/values"; shift; done
            """);

        var (exitCode, output) = await RunAsync("secrets.sh", ("CLICKFUNCS_VAULT", "kv-test"));

        Assert.Equal(0, exitCode);
        Assert.Equal("Made the secret pseudonym.\nMade the secret identity.\n", output);
        Assert.DoesNotContain("link-key-1", Calls, StringComparison.Ordinal);
        // Each 32 bytes, each another, none on a command line.
        var values = (await File.ReadAllTextAsync(PathOf("values"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, values.Distinct().Count());
        Assert.All(values, value =>
        {
            Assert.Equal(32, Convert.FromBase64String(value).Length);
            Assert.DoesNotContain(value, Calls, StringComparison.Ordinal);
        });
    }

    [ShellFact]
    public async Task Secrets_AllExist_ChangesNothing()
    {
        await MakeStandInAsync("az", """
            if [ "$3" = list ]; then printf 'identity\nlink-key-1\npseudonym\n'; exit 0; fi
            echo "$*" >> "$CALLS/calls"
            """);

        Assert.Equal((0, ""), await RunAsync("secrets.sh", ("CLICKFUNCS_VAULT", "kv-test")));
        Assert.Equal("", Calls);
    }

    [ShellFact]
    public async Task Secrets_OneCannotBeMade_Fails()
    {
        await MakeStandInAsync("az", """[ "$3" = list ]""");

        Assert.NotEqual(0, (await RunAsync("secrets.sh", ("CLICKFUNCS_VAULT", "kv-test"))).ExitCode);
    }

    [ShellFact]
    public async Task Smoke_WithoutToken_AsksForOneAndHandsItOnByEnvironment()
    {
        await MakeStandInAsync("az", """echo "az $*" >> "$CALLS/calls"; echo TOKEN""");
        await MakeStandInAsync("dotnet", """echo "dotnet $* with $CLICKFUNCS_TOKEN" >> "$CALLS/calls"; exit 7""");

        var (exitCode, _) = await RunAsync("smoke.sh", ("CLICKFUNCS_AUDIENCE", "app-id"), ("CLICKFUNCS_URL", "https://example.org"));

        // The verdict of the smoke test is the hook's.
        Assert.Equal(7, exitCode);
        Assert.Equal(
            "az account get-access-token --scope api://app-id/.default --query accessToken --output tsv\n"
            + "dotnet run --project local -- smoke --url https://example.org --timeout 600 with TOKEN\n",
            Calls);
    }

    [ShellFact]
    public async Task Check_WithoutRegistration_SaysWhatToRun()
    {
        foreach (var program in new[] { "az", "dotnet", "node", "openssl" })
            await MakeStandInAsync(program, "true");

        var (exitCode, output) = await RunAsync("check.sh", ("CLICKFUNCS_AUDIENCE", ""));

        Assert.Equal(1, exitCode);
        Assert.Contains("register.sh", output, StringComparison.Ordinal);
        Assert.Equal((0, ""), await RunAsync("check.sh", ("CLICKFUNCS_AUDIENCE", "app-id")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task MakeStandInAsync(string program, string body)
    {
        await File.WriteAllTextAsync(PathOf(program), $"#!/bin/sh\n{body}\n");
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            File.SetUnixFileMode(PathOf(program), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string script, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("sh", [Repository.PathOf("infra", "scripts", script)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = _folder.FullName;
        start.Environment.Remove("CLICKFUNCS_TOKEN");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("sh did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
