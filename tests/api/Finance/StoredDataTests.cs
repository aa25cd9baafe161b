using System.Net;
using System.Text;
using ClickFuncs.Batch.Recount;

namespace ClickFuncs.Api.Tests.Finance;

/// <summary>Answers for which something in the lake is gone or altered: a problem that says what to do, never a bare failure.</summary>
public sealed class StoredDataTests
{
    private const string Line = "/evidence?date=2026-07-01&advertiser_id=adv_1&campaign_id=cmp_1";
    private const string Report = "/reconciliations/2026-07-01/report";
    private const string Restore = "Run 'verify' on the host, restore what it names from a copy of the lake, and ask again.";

    [Fact]
    public async Task Evidence_OfWhichTheManifestsAreGone_SaysToCloseAgain()
    {
        await using var host = await EvidenceTests.StartAsync();
        await LoseAsync(host, "parquet/manifests/");

        Assert.Equal(
            (HttpStatusCode.Conflict, "archive-not-compacted",
            "The compacted archive does not reach as far as this close counted: parts of it are gone. Close the day again, with a POST to /api/v1/finance/reconciliations, which compacts what was captured, and ask again; if that fails, restore the lake from a copy."),
            await host.RefusalAsync(Line));
    }

    [Fact]
    public async Task Evidence_OfWhichAPartIsGone_NamesIt()
    {
        await using var host = await EvidenceTests.StartAsync();
        var lost = await LoseAsync(host, "parquet/day=");

        var (status, type, detail) = await host.RefusalAsync(Line);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "lake-file-missing"), (status, type));
        Assert.Contains(lost, path => detail == $"There is no file {path} in the lake, which this answer needs. {Restore}");
    }

    [Fact]
    public async Task Evidence_OfWhichAPartIsAltered_SaysToVerify()
    {
        await using var host = await EvidenceTests.StartAsync();
        Alter(host, "parquet/day=", "no Parquet");

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "archive-unreadable",
            $"The archive of this day could not be searched: a file of it was altered, or the host lacks memory or disk for the search; the host's log says which. {Restore}"),
            await host.RefusalAsync(Line));
    }

    [Theory]
    [InlineData("parquet/manifests/", "no manifest", "it is no manifest")]
    [InlineData("closes/", "no record", "The close record closes/2026-07-01/r0002.json can't be read")]
    [InlineData("closes/", "null", "The close record closes/2026-07-01/r0002.json is empty.")]
    public async Task Evidence_OfWhichAFileIsAltered_NamesItAndWhatToDo(string folder, string content, string sentence)
    {
        await using var host = await EvidenceTests.StartAsync();
        Alter(host, folder, content);

        var (status, type, detail) = await host.RefusalAsync(Line);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "lake-file-damaged"), (status, type));
        Assert.Contains(sentence, detail, StringComparison.Ordinal);
        Assert.Contains("Restore it from a copy", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_UnderAnotherPolicyThanTheParts_NamesBoth()
    {
        await using var host = await EvidenceTests.StartAsync(new CountingPolicy { FutureTolerance = TimeSpan.FromMinutes(6) });

        var (status, type, detail) = await host.RefusalAsync(Line);

        Assert.Equal((HttpStatusCode.Conflict, "archive-mismatch"), (status, type));
        Assert.EndsWith("was made with a future tolerance of 300000 ms, the policy says 360000 ms: count with the policy that the part was made with.", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "reconciliation.json")]
    [InlineData("parquet", "differences.parquet")]
    public async Task Report_ThatIsGone_NamesItAndIsNotKnownToCaches(string form, string file)
    {
        await using var host = await EvidenceTests.StartAsync();
        await LoseAsync(host, "reports/");

        using var answer = await host.GetAsync($"{Report}?format={form}");

        Assert.Null(answer.Headers.ETag);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "lake-file-missing",
            $"There is no file reports/reconciliation/2026-07-01/r0002/{file} in the lake, which this answer needs. {Restore}"),
            await FinanceHost.RefusalAsync(answer));
    }

    private static async Task<List<string>> LoseAsync(FinanceHost host, string folder)
    {
        var lost = host.Lake.Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lost);
        foreach (var path in lost)
            await host.Lake.DeleteAsync(path, CancellationToken.None);
        return lost;
    }

    private static void Alter(FinanceHost host, string folder, string content)
    {
        foreach (var path in host.Lake.Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal)))
            host.Lake.Overwrite(path, Encoding.UTF8.GetBytes(content));
    }
}
