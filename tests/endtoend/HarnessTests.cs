using ClickFuncs.Testing.Net;

namespace ClickFuncs.EndToEnd.Tests;

public class HarnessTests
{
    [Fact]
    public async Task RunAsync_Help_PrintsUsageOnStandardOutput()
    {
        var result = await Cli.RunAsync("--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("ClickFuncs", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task RunAsync_UnknownVerb_FailsOnStandardError()
    {
        var result = await Cli.RunAsync("no-such-verb");
        Assert.NotEqual(0, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.Throws<InvalidOperationException>(result.Succeeded);
    }

    [Fact]
    public async Task StartAsync_HostEndsAtOnce_ThrowsWithItsOutput()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => HostProcess.StartAsync(args: "--no-such-option"));
        Assert.Contains("no-such-option", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopAsync_RunningHost_EndsWithItsOwnExitCode()
    {
        await using var host = await StartStubAsync();
        Assert.Equal(7, await host.StopAsync());
        Assert.Contains("asked to stop", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KillAsync_RunningHost_EndsItWithoutAWordAndItsPortIsFree()
    {
        await using var host = await StartStubAsync();
        using (var answer = await host.GetAsync("/health"))
            Assert.True(answer.IsSuccessStatusCode);
        await host.KillAsync();

        Assert.DoesNotContain("asked to stop", host.Output, StringComparison.Ordinal);
        await using var next = await StartStubAsync(host.Port);
        Assert.Equal(host.Port, next.Port);
    }

    // Stands for a host: ready at once, and says how it was ended.
    private static Task<HostProcess> StartStubAsync(int? port = null)
    {
        var chosen = port ?? FreePort.Find();
        var script = $$"""
            process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(7); });
            require('http').createServer((request, response) => response.end('ok')).listen({{chosen}}, '127.0.0.1');
            """;
        var data = Directory.CreateTempSubdirectory("clickfuncs-e2e-").FullName;
        return HostProcess.StartAsync(Cli.Redirected("node", ["-e", script]), data, ownsData: true, chosen);
    }
}
