using System.CommandLine;
using System.Globalization;

namespace ClickFuncs.Bench.Velocity;

/// <summary>
/// Somebody sends clicks from as many addresses as there are. What does that do to the velocity rules, and to everybody's redirects? First the
/// lane alone, with the log and the store of the host; then a running host, which does both in one process.
/// </summary>
internal static class FloodBench
{
    public static async Task<int> Run(string[] args)
    {
        var ips = new Option<int>("--ips") { Description = "Addresses of the flood against the lane, a click each.", DefaultValueFactory = _ => 10_000_000 };
        var flags = new Option<int>("--flags") { Description = "Addresses of a second flood, each over the threshold; 0 for none.", DefaultValueFactory = _ => 1_200_000 };
        var rate = new Option<int>("--rate") { Description = "Clicks per second against the host; 0 for none.", DefaultValueFactory = _ => 5_000 };
        var seconds = new Option<int>("--seconds") { Description = "Length of the flood against the host.", DefaultValueFactory = _ => 60 };
        var memory = new Option<int>("--memory") { Description = "Velocity:MemoryBytes, in MiB.", DefaultValueFactory = _ => 192 };
        var command = new RootCommand("Measures memory, losses and redirects in a flood of addresses.") { ips, flags, rate, seconds, memory };
        command.SetAction(async (parsed, _) =>
        {
            var options = new ClickFuncs.Velocity.VelocityOptions { MemoryBytes = (long)parsed.GetValue(memory) << 20 };
            var isKept = parsed.GetValue(ips) == 0 || await LaneFlood.RunAsync(options, parsed.GetValue(ips), parsed.GetValue(flags));
            if (parsed.GetValue(rate) > 0)
                isKept &= await HostFlood.RunAsync(options, parsed.GetValue(rate), parsed.GetValue(seconds));
            return isKept ? 0 : 1;
        });
        return await command.Parse(args).InvokeAsync();
    }

    internal static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    internal static string MiB(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):F0} MiB");
}
