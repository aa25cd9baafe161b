using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>The ledger's verbs as processes, as a person at finance runs them.</summary>
public sealed class LedgerVerbTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Pay_TheSameAgain_IsOneEntryAndOtherAmountIsRefused()
    {
        var first = (await PayAsync("R1", "12.34")).Succeeded();

        Assert.Equal(first, (await PayAsync("R1", "12.34")).Succeeded());
        var refused = await PayAsync("R1", "12.35");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("-12.34 USD", refused.Error, StringComparison.Ordinal);
        Assert.Contains("-12.35 USD", refused.Error, StringComparison.Ordinal);

        var balance = await _data.JsonAsync("ledger", "balance");
        Assert.Equal(("-12.34", 1), (balance.GetProperty("balance").GetString(), balance.GetProperty("entries").GetInt32()));
    }

    [Fact]
    public async Task Pay_FromSeveralProcessesAtOnce_LosesNothing()
    {
        // They race for making the file, too.
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => PayAsync($"R{i}", "0.000001")));

        Assert.All(results, result => result.Succeeded());
        Assert.Equal(-3, (await _data.JsonAsync("ledger", "balance", "--advertiser", "adv_1")).GetProperty("balance_micros").GetInt64());
    }

    [Fact]
    public async Task Statement_ToOutputAndFile_IsWritten()
    {
        await PayAsync("R1", "12.34", "--booked-on", "2026-07-31");
        await PayAsync("R2", "-2.34", "--booked-on", "2026-08-01", "--corrects", "payment:R1");

        var july = await _data.JsonAsync("statement", "--advertiser", "adv_1", "--month", "2026-07");
        Assert.Equal(("0.00", "-12.34"), (july.GetProperty("opening_balance").GetString(), july.GetProperty("closing_balance").GetString()));
        foreach (var (format, start) in ((string, string)[])[("html", "<!doctype html>"), ("parquet", "PAR1")])
        {
            var file = _data.File($"statement.{format}");
            (await _data.RunAsync("statement", "--advertiser", "adv_1", "--month", "2026-08", "--format", format, "--out", file)).Succeeded();
            Assert.StartsWith(start, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_UnreadableSeal_IsAFinding()
    {
        var seals = Directory.CreateDirectory(Path.Combine(_data.Path, "lake", "ledger", "seals")).FullName;
        await File.WriteAllTextAsync(Path.Combine(seals, "2026-07-30.json"), """{"format":1,"hash":"00","journals":[]}""");

        var report = await _data.RunAsync("verify");

        Assert.Equal(1, report.ExitCode);
        Assert.Contains("The ledger seal 2026-07-30.json can't be read", report.Error, StringComparison.Ordinal);
        Assert.False(JsonElement.Parse(report.Output).GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("There is no ledger in", "ledger", "balance")]
    [InlineData("--amount is '1.2345678'", "ledger", "pay", "--advertiser", "a", "--currency", "USD", "--amount", "1.2345678", "--reference", "R")]
    [InlineData("must be positive", "ledger", "credit", "--advertiser", "a", "--currency", "USD", "--amount", "-1", "--reference", "R")]
    public async Task Verb_WrongInput_FailsWithASentence(string sentence, params string[] args)
    {
        var result = await _data.RunAsync(args);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private Task<Cli.Result> PayAsync(string reference, string amount, params string[] more) =>
        _data.RunAsync(["ledger", "pay", "--advertiser", "adv_1", "--currency", "USD", "--amount", amount, "--reference", reference, .. more]);
}
