using System.CommandLine;
using System.Text.Json;
using ClickFuncs.ApiKeys;
using ClickFuncs.Local.ApiKeys;
using ClickFuncs.Local.Hosting;

namespace ClickFuncs.Local.Commands;

/// <summary><c>key make</c>, <c>key list</c> and <c>key revoke</c>: the API keys that programs send events with.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "Make, list and revoke the API keys that programs send events with.") { Make(), List(), Revoke() };

    private static Command Make()
    {
        var data = Verb.DataOption();
        var name = new Option<string>("--name") { Description = "What the key is for.", Required = true };
        var advertiser = new Option<string?>("--advertiser") { Description = "The one advertiser it may act for.", HelpName = "ID" };
        var platform = new Option<bool>("--platform") { Description = "Instead: it may act for every advertiser." };
        var command = new Command("make", "Make a key and print it. It is shown this once: only a hash is kept.") { name, advertiser, platform, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            var owner = parsed.GetValue(advertiser);
            if (owner is null != parsed.GetValue(platform))
                throw new ArgumentException("Say for whom: --advertiser ID, or --platform for every advertiser.");
            var key = ApiKeyText.Make(parsed.GetValue(name)!, owner, TimeProvider.System.GetUtcNow(), out var text);
            using var store = new SqliteApiKeyStore(new DataDirectory(parsed.GetValue(data)!).ApiKeys);
            await store.AddAsync(key, cancellationToken);
            Console.WriteLine(text);
            return 0;
        });
    }

    private static Command List()
    {
        var data = Verb.DataOption();
        return new Command("list", "Print every key as a line of JSON, the oldest first; without the key itself, which nobody has but its holder.") { data }.Does(async (parsed, cancellationToken) =>
        {
            using var store = new SqliteApiKeyStore(DataDirectory.Existing(parsed.GetValue(data)!).ApiKeys);
            foreach (var key in await store.ListAsync(cancellationToken))
                Console.WriteLine(Describe(key));
            return 0;
        });
    }

    private static Command Revoke()
    {
        var data = Verb.DataOption();
        var id = new Argument<string>("ID") { Description = "Id of the key, as 'key list' shows it." };
        return new Command("revoke", "Take a key back, at once and for good.") { id, data }.Does(async (parsed, cancellationToken) =>
        {
            using var store = new SqliteApiKeyStore(DataDirectory.Existing(parsed.GetValue(data)!).ApiKeys);
            if (!await store.RevokeAsync(parsed.GetValue(id)!, TimeProvider.System.GetUtcNow(), cancellationToken))
                throw new ArgumentException($"There is no key '{parsed.GetValue(id)}'. 'key list' shows them.");
            Console.WriteLine(Describe((await store.FindAsync(parsed.GetValue(id)!, cancellationToken))!));
            return 0;
        });
    }

    private static string Describe(ApiKey key) => JsonSerializer.Serialize(new
    {
        id = key.Id,
        name = key.Name,
        advertiser_id = key.AdvertiserId,
        created_at = key.CreatedAt.UtcDateTime,
        revoked_at = key.RevokedAt?.UtcDateTime,
    });
}
