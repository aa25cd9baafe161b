using System.CommandLine;
using System.CommandLine.Parsing;

namespace ClickFuncs.Bench.Redirect;

/// <summary>What <see cref="RedirectBench"/> runs. Command lines know {local} (the product's assembly), {data}, {port}, {ad},
/// {count} and {links}.</summary>
internal sealed class RedirectBenchOptions
{
    private readonly Option<string> _product = Text("--product", "dotnet {local} up --data {data} --port {port}", "Starts the product.");
    private readonly Option<string> _prepare = Text(
        "--prepare", "dotnet {local} catalog add --ad {ad} --advertiser adv_bench --campaign cmp_bench --landing https://example.com/landing --price 0.45 --data {data}", "Makes the ad known; empty runs nothing.");
    private readonly Option<string> _makeLinks = Text(
        "--make-links", "dotnet {local} link --ad {ad} --count {count} --out {links} --data {data}", "Writes the file of links.");
    private readonly Option<FileInfo?> _links = new("--links") { Description = "A ready file of links, instead of making one." };
    private readonly Option<string> _ad = Text("--ad", "ad_bench", "The ad that is clicked.");
    private readonly Option<int> _count = Number("--count", 200_000, "Links to make; they are repeated when used up.");
    private readonly Option<int> _seconds = Number("--seconds", 5, "Length of each measurement.");
    private readonly Option<int> _rounds = Number("--rounds", 2, "Measurements of each side, taken in turns.");
    private readonly Option<int> _connections = Number("--connections", 256, "Connections, one request under way on each.");
    private readonly Option<int> _serverCore = Number("--server-core", 0, "Core of the server.");
    private readonly Option<int> _loadCore = Number("--load-core", 1, "Core of the load.");
    private ParseResult? _parsed;

    /// <summary>A ready file of links; null to make one.</summary>
    public FileInfo? Links => Parsed.GetValue(_links);

    /// <summary>The ad that is clicked.</summary>
    public string Ad => Parsed.GetRequiredValue(_ad);

    /// <summary>Links to make.</summary>
    public int Count => Parsed.GetValue(_count);

    /// <summary>Length of each measurement in seconds.</summary>
    public int Seconds => Parsed.GetValue(_seconds);

    /// <summary>Measurements of each side.</summary>
    public int Rounds => Parsed.GetValue(_rounds);

    /// <summary>Connections of the load.</summary>
    public int Connections => Parsed.GetValue(_connections);

    /// <summary>Core of the server under test.</summary>
    public int ServerCore => Parsed.GetValue(_serverCore);

    /// <summary>Core of the load.</summary>
    public int LoadCore => Parsed.GetValue(_loadCore);

    private ParseResult Parsed => _parsed ?? throw new InvalidOperationException("Nothing is parsed yet.");

    /// <summary>The words that start the product, placeholders filled in.</summary>
    public IReadOnlyList<string> Product(BenchPlaces places) => Words(_product, places);

    /// <summary>The words that make the ad known; none when there is nothing to run.</summary>
    public IReadOnlyList<string> Prepare(BenchPlaces places) => Words(_prepare, places);

    /// <summary>The words that write the file of links.</summary>
    public IReadOnlyList<string> MakeLinks(BenchPlaces places) => Words(_makeLinks, places);

    /// <summary>The command that parses into this object and then runs.</summary>
    public RootCommand Command(Func<Task<int>> run)
    {
        var command = new RootCommand("Compares the product's redirect with the bare web server, each on one core.")
        {
            _product, _prepare, _makeLinks, _links, _ad, _count, _seconds, _rounds, _connections, _serverCore, _loadCore,
        };
        command.SetAction(async (parsed, _) =>
        {
            _parsed = parsed;
            return await run();
        });
        return command;
    }

    // Split first, so that a path with blanks stays one word.
    private List<string> Words(Option<string> option, BenchPlaces places) =>
        [.. CommandLineParser.SplitCommandLine(Parsed.GetValue(option) ?? "").Select(word => places.FillIn(word, Ad, Count))];

    private static Option<string> Text(string name, string value, string description) =>
        new(name) { DefaultValueFactory = _ => value, Description = description };

    private static Option<int> Number(string name, int value, string description) =>
        new(name) { DefaultValueFactory = _ => value, Description = description };
}
