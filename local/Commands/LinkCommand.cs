using System.CommandLine;
using ClickFuncs.Catalog;
using ClickFuncs.Links;
using ClickFuncs.Local.Catalog;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Commands;

/// <summary><c>link --ad AD</c></summary>
internal static class LinkCommand
{
    public static Command Create()
    {
        var data = Verb.DataOption();
        var ad = new Option<string>("--ad") { Description = "The ad.", Required = true };
        var impression = new Option<string?>("--impression") { Description = "Id of the impression: the click's identity. Default: a new one." };
        var form = new Option<string>("--form") { Description = "compact or explicit.", DefaultValueFactory = _ => "compact" };
        form.AcceptOnlyFromAmong("compact", "explicit");
        var url = new Option<string?>("--url") { Description = "Address that the link leads through. Default: the running host, or http://127.0.0.1:7071." };
        var count = new Option<int>("--count") { Description = "Number of links, each for an impression of its own.", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "File to write the links to, one a line with its click id after a tab: for 'load --links'." };
        var command = new Command("link", "Print a signed click link.") { ad, impression, form, url, count, output, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            var number = parsed.GetValue(count);
            var id = parsed.GetValue(impression);
            if (number < 1 || (number > 1 && id != null))
                throw new ArgumentException("--count must be at least 1, and 1 with --impression: one impression is one link.");
            var (maker, entry) = await FindAsync(directory, parsed.GetValue(ad)!, cancellationToken);
            var address = (parsed.GetValue(url) ?? HostAddress.Find(directory)?.Url ?? "http://127.0.0.1:7071").TrimEnd('/');
            var path = parsed.GetValue(output);
            await using var writer = path == null ? null : new StreamWriter(path);
            for (var i = 0; i < number; i++)
            {
                var click = id ?? ClickId.New();
                var link = address + (parsed.GetValue(form) == "compact" ? maker.MakeCompact(entry, click) : maker.MakeExplicit(entry, click));
                // In a file the click's id follows the link, for 'load --links FILE --ledger FILE'.
                await (writer?.WriteLineAsync($"{link}\t{click}") ?? Console.Out.WriteLineAsync(link));
            }

            return 0;
        });
    }

    private static async Task<(LinkMaker Maker, CatalogEntry Ad)> FindAsync(DataDirectory directory, string adId, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        var links = LinkKeyFile.Complete(options.Links, directory.LinkKeys);
        using var store = new SqliteCatalogStore(directory.Catalog);
        using var cache = new CatalogCache(store, options.Catalog, TimeProvider.System, NullLogger<CatalogCache>.Instance);
        var catalog = await cache.RefreshAsync(cancellationToken);
        var entry = catalog.TryFind(adId, out var found)
            ? found
            : throw new ArgumentException($"The catalog has no ad '{adId}'. 'catalog list' shows the ads, 'catalog add' makes one.");
        return (new LinkMaker(LinkKeyRing.From(links), links, TimeProvider.System), entry);
    }
}
