using System.CommandLine;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.SignIn;

namespace ClickFuncs.Local.Commands;

/// <summary><c>token --advertiser A | --role finance|operator</c></summary>
internal static class TokenCommand
{
    private const int MaxHours = 8784;

    public static Command Create()
    {
        var data = Verb.DataOption();
        var advertiser = new Option<string[]>("--advertiser") { Description = "Somebody of this advertiser; may be given several times.", HelpName = "ID" };
        var role = new Option<string?>("--role") { Description = "Instead: somebody who belongs to no advertiser.", HelpName = "finance|operator" };
        role.AcceptOnlyFromAmong(Roles.Finance, Roles.Operator);
        var hours = new Option<int>("--hours") { Description = $"How long it is valid, 1 to {MaxHours}.", DefaultValueFactory = _ => 12 };
        var command = new Command("token", "Print a token of this machine's own development issuer, for a host on the same data folder.")
        {
            advertiser, role, hours, data,
        };
        return command.Does((parsed, _) =>
        {
            var caller = Caller(parsed.GetValue(advertiser) ?? [], parsed.GetValue(role));
            if (parsed.GetValue(hours) is not (>= 1 and <= MaxHours) and var wrong)
                throw new ArgumentException($"--hours is {wrong}; it must be 1 to {MaxHours}.");
            var directory = DataDirectory.Existing(parsed.GetValue(data)!);
            var options = LocalOptionsReader.Read(directory).SignIn;
            var tokens = new DevelopmentTokens(DevelopmentKeyFile.OpenOrCreate(directory.DevelopmentIssuer), options, TimeProvider.System);
            Console.WriteLine(tokens.Make(caller, TimeSpan.FromHours(parsed.GetValue(hours))));
            return Task.FromResult(0);
        });
    }

    private static Caller Caller(string[] advertisers, string? role) => (advertisers, role) switch
    {
        ([], null) => throw new ArgumentException("Say for whom: --advertiser ID, or --role finance or operator."),
        ([], _) => DevelopmentCallers.Of(role),
        (_, null) => DevelopmentCallers.OfAdvertisers(advertisers),
        _ => throw new ArgumentException("--advertiser and --role exclude each other."),
    };
}
