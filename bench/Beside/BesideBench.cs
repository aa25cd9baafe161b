using System.CommandLine;
using ClickFuncs.Bench.Recount;
using ClickFuncs.Bench.Redirect;

namespace ClickFuncs.Bench.Beside;

/// <summary><c>bench beside NAME</c>: the same work done by the product and by what somebody would take instead, in turns, in one run.</summary>
internal static class BesideBench
{
    public static async Task<int> Run(string[] args) => args switch
    {
        // The options of the redirect bench; the recount bench prints the ratio to plain SQL by itself.
        ["nginx", .. var rest] => await NginxRedirect.Run(rest),
        ["duckdb", .. var rest] => await RecountAsync(rest),
        _ => await Command().Parse(args).InvokeAsync(),
    };

    private static RootCommand Command() => new("Measures the product beside what somebody would take instead.")
    {
        Counting("redis", "Redis: SET NX EX for the id, HINCRBY for the minute.", RedisCounter.Start("no"), RedisCounter.Start("everysec")),
        Counting("postgres", "PostgreSQL: ids and minutes by INSERT ... ON CONFLICT, a transaction per batch.", PostgresCounter.Start("off"), PostgresCounter.Start("on")),
        new Command("nginx", "nginx and a bare Kestrel against the redirect; options of 'bench redirect'."),
        new Command("duckdb", "Plain DuckDB against the recount of a day; arguments of 'bench recount'."),
    };

    private static Command Counting(string name, string description, params Func<Task<IClickCounter>>[] others)
    {
        var clicks = new Option<int>("--clicks") { Description = "Clicks, repeats among them.", DefaultValueFactory = _ => 1_000_000 };
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each side, taken in turns after one that warms up.", DefaultValueFactory = _ => 3 };
        var command = new Command(name, description) { clicks, rounds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await CounterRace.RunAsync(parsed.GetValue(clicks), parsed.GetValue(rounds), others, cancellationToken);
            }
            catch (MissingProgramException missing)
            {
                await Console.Error.WriteLineAsync(missing.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> RecountAsync(string[] args)
    {
        await RecountBench.Run(args);
        return 0;
    }
}
