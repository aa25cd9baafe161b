using System.CommandLine;
using System.Globalization;
using ClickFuncs.Budgets;
using ClickFuncs.Local.Budgets;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Money;

namespace ClickFuncs.Local.Commands;

/// <summary><c>budget set</c>, <c>budget show</c> and <c>budget list</c>: what campaigns may spend.</summary>
internal static class BudgetCommand
{
    public static Command Create() => new("budget", "Show and set what campaigns may spend. Works beside a running host, which knows a change within a second.")
    {
        Set(), Show(), List(),
    };

    private static Command Set()
    {
        var data = Verb.DataOption();
        var campaign = CampaignOption();
        var advertiser = new Option<string>("--advertiser") { Description = "Who pays: the advertiser's id.", Required = true, HelpName = "ID" };
        var currency = new Option<string>("--currency") { Description = "ISO 4217 code.", DefaultValueFactory = _ => "USD", HelpName = "CODE" };
        var daily = new Option<string?>("--daily") { Description = "Most a UTC day, such as 100.00. Default: no daily limit." };
        var total = new Option<string?>("--total") { Description = "Most from the first day on. Default: no total limit." };
        var start = new Option<string?>("--start") { Description = "First day, yyyy-MM-dd, UTC. Default: the one there is, or today." };
        var end = new Option<string?>("--end") { Description = "Last day. Default: none." };
        var command = new Command("set", "Set a campaign's budget, whole.") { campaign, advertiser, currency, daily, total, start, end, data };
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var store = new SqliteBudgetStore(new DataDirectory(parsed.GetValue(data)!).Budgets);
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var before = await store.FindAsync(parsed.GetValue(campaign)!, cancellationToken);
            var budget = new CampaignBudget
            {
                CampaignId = parsed.GetValue(campaign)!,
                AdvertiserId = parsed.GetValue(advertiser)!,
                Currency = parsed.GetValue(currency)!,
                DailyMicros = Micros("--daily", parsed.GetValue(daily)),
                TotalMicros = Micros("--total", parsed.GetValue(total)),
                Start = Date("--start", parsed.GetValue(start)) ?? before?.Budget.Start ?? today,
                End = Date("--end", parsed.GetValue(end)),
            };
            if (BudgetStartRule.Problems(budget, before?.Budget, today) is [var problem, ..])
                throw new ArgumentException(problem);
            Console.WriteLine(BudgetText.Describe(await store.PutAsync(budget, null, cancellationToken)));
            return 0;
        });
    }

    private static Command Show()
    {
        var data = Verb.DataOption();
        var campaign = CampaignOption();
        return new Command("show", "Print a campaign's budget and what is spent of it, as JSON.") { campaign, data }.Does(async (parsed, cancellationToken) =>
        {
            using var store = new SqliteBudgetStore(DataDirectory.Existing(parsed.GetValue(data)!).Budgets);
            var id = parsed.GetValue(campaign)!;
            var stored = await store.FindAsync(id, cancellationToken)
                ?? throw new ArgumentException($"Campaign '{id}' has no budget. 'budget list' shows those that have.");
            Console.WriteLine(BudgetText.Describe(stored, new SpendTable(await store.ReadAsync(cancellationToken)), BudgetDay.Of(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())));
            return 0;
        });
    }

    private static Command List()
    {
        var data = Verb.DataOption();
        return new Command("list", "Print every budget and what is spent of it, a line of JSON each.") { data }.Does(async (parsed, cancellationToken) =>
        {
            using var store = new SqliteBudgetStore(DataDirectory.Existing(parsed.GetValue(data)!).Budgets);
            var spend = new SpendTable(await store.ReadAsync(cancellationToken));
            foreach (var stored in await store.ListAsync(cancellationToken))
                Console.WriteLine(BudgetText.Describe(stored, spend, BudgetDay.Of(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())));
            return 0;
        });
    }

    private static Option<string> CampaignOption() => new("--campaign") { Description = "The campaign's id.", Required = true, HelpName = "ID" };

    private static long? Micros(string option, string? text) => text is null
        ? null
        : MoneyText.TryParse(text, out var micros) && micros >= 0
            ? micros
            : throw new ArgumentException($"{option} is '{text}'; it must be an amount with at most six decimals, such as 100.00.");

    private static DateOnly? Date(string option, string? text) => text is null
        ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ArgumentException($"{option} is '{text}'; it must be a day, such as 2026-07-01.");
}
