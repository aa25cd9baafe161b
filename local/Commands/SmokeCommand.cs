using System.CommandLine;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Querying;
using ClickFuncs.Local.SignIn;
using ClickFuncs.Local.Smoke;

namespace ClickFuncs.Local.Commands;

/// <summary><c>smoke --url ADDRESS</c></summary>
internal static class SmokeCommand
{
    // One request may take this long: the first one of a function app waits for an instance to start.
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "Address of the system. Default: the host running on the data folder.", HelpName = "ADDRESS" };
        var data = new Option<string?>("--data") { Description = $"Folder of a host on this machine, for a token; else {HostCredentials.Variable} must hold an operator's.", HelpName = "DIR" };
        var timeout = new Option<int>("--timeout") { Description = "Seconds for the whole.", DefaultValueFactory = _ => 120 };
        var command = new Command("smoke", "Make a test link, click it, and wait until a query shows the click.") { url, data, timeout };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = parsed.GetValue(data) is { } folder ? DataDirectory.Existing(folder) : null;
            var address = parsed.GetValue(url) ?? (directory is null ? null : HostAddress.Find(directory)?.Url)
                ?? throw new ArgumentException("Give --url, or --data of a folder that a host runs on.");
            if (!Uri.TryCreate(address, UriKind.Absolute, out var host) || (host.Scheme != Uri.UriSchemeHttp && host.Scheme != Uri.UriSchemeHttps))
                throw new ArgumentException($"--url is '{address}'; it must be http://HOST:PORT or https://HOST.");
            var seconds = parsed.GetValue(timeout);
            if (seconds is < 1 or > 3600)
                throw new ArgumentException($"--timeout is {seconds}; it must be 1 to 3600.");

            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
            using var http = new HttpClient(handler) { BaseAddress = host, Timeout = RequestLimit };
            http.DefaultRequestHeaders.Authorization = HostCredentials.Find(directory, TimeProvider.System, DevelopmentCallers.Operator)
                ?? throw new ArgumentException($"Set {HostCredentials.Variable} to an operator's token, or give --data of a host on this machine.");
            var report = await new SmokeTest(http, TimeProvider.System, TimeSpan.FromSeconds(seconds)).RunAsync(cancellationToken);
            Console.WriteLine(report.ToJson());
            return 0;
        });
    }
}
