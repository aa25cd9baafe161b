using System.Net;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Testing.Analytics;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>The analytics store on Kusto passes what every analytics store must, over a plain database.</summary>
public sealed class KustoAnalyticsTests : AnalyticsStoreContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IAnalyticsStore> OpenAsync() =>
        Task.FromResult<IAnalyticsStore>(new KustoAnalytics(new PlainKusto(), new KustoOptions { MaxIngestBytes = 64 * 1024 }, IdleTimeout));
}

/// <summary>The same for what the nightly close needs.</summary>
public sealed class KustoTruthTests : AnalyticsTruthContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IAnalyticsStore> OpenAsync() =>
        Task.FromResult<IAnalyticsStore>(new KustoAnalytics(new PlainKusto(), new KustoOptions { Slices = 3 }, IdleTimeout));
}

/// <summary>The same for what a backfill needs.</summary>
public sealed class KustoStagingTests : AnalyticsStagingContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IAnalyticsStore> OpenAsync() =>
        Task.FromResult<IAnalyticsStore>(new KustoAnalytics(new PlainKusto(), new KustoOptions { Slices = 3 }, IdleTimeout));

    protected override Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs) => KustoTiersTests.RollUpAsync((KustoAnalytics)store, throughMs);
}

/// <summary>The REST interface as it is spoken.</summary>
public sealed class KustoRestTests
{
    [Fact]
    public async Task Query_Values_GoBesideTheTextAndAnswersAreRead()
    {
        using var http = new Answering(HttpStatusCode.OK, """{"Tables":[{"TableName":"Table_0","Rows":[["2026-07-01T00:00:00Z",3]]},{"TableName":"Table_1","Rows":[]}]}""");
        var results = await new KustoRest(http.Client, "clicks", null).QueryAsync(new KustoQuery("FinalDays").With("x", "a'b"), CancellationToken.None);
        Assert.Equal(3, results[0][0][1].GetInt32());
        Assert.Empty(results[1]);
        Assert.Equal("/v1/rest/query", http.Path);
        Assert.Contains("\"db\":\"clicks\"", http.Body, StringComparison.Ordinal);
        var properties = JsonElement.Parse(JsonElement.Parse(http.Body).GetProperty("properties").GetString()!);
        Assert.Equal("a'b", properties.GetProperty("Parameters").GetProperty("x").GetString());
    }

    [Fact]
    public async Task Query_ThatFailsMidway_IsNoAnswer()
    {
        using var http = new Answering(HttpStatusCode.OK, """{"Tables":[{"TableName":"Table_0","Rows":[[1],{"Exceptions":["Query exceeded its budget"]}]}]}""");
        var failure = await Assert.ThrowsAsync<KustoException>(() => new KustoRest(http.Client, "clicks", null).QueryAsync(new KustoQuery("Versions"), CancellationToken.None));
        Assert.Contains("exceeded", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    // Among the rows: as an object where a row should be, in the first result or a later one.
    [InlineData("""{"Tables":[{"TableName":"Table_0","Rows":[[1],{"OneApiErrors":[{"error":{"code":"LimitsExceeded","@message":"(E_QUERY_RESULT_SET_TOO_LARGE)"}}]}]}]}""")]
    [InlineData("""{"Tables":[{"TableName":"Table_0","Rows":[[1]]},{"TableName":"Table_1","Rows":[{"Exceptions":["limit 500000 (E_QUERY_RESULT_SET_TOO_LARGE)."]}]}]}""")]
    // In the result that tells how the query went, behind rows that look complete.
    [InlineData("""
        {"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"Partition"}],"Rows":[[1],[2]]},
        {"TableName":"Table_2","Columns":[{"ColumnName":"Timestamp"},{"ColumnName":"Severity"},{"ColumnName":"StatusDescription"}],
        "Rows":[["2026-07-01T00:00:00Z",4,"Running"],["2026-07-01T00:00:00Z",2,"limit 67108864 (E_QUERY_RESULT_SET_TOO_LARGE)"]]}]}
        """)]
    // Beside the results.
    [InlineData("""{"Tables":[{"TableName":"Table_0","Rows":[[1],[2]]}],"Exceptions":["limit 500000 (E_QUERY_RESULT_SET_TOO_LARGE)."]}""")]
    public async Task Query_AnswerThatWasCutShort_IsNoAnswer(string answer)
    {
        using var http = new Answering(HttpStatusCode.OK, answer);
        var failure = await Assert.ThrowsAsync<KustoException>(() => new KustoRest(http.Client, "clicks", null).QueryAsync(new KustoQuery("Versions"), CancellationToken.None));
        Assert.True(failure.IsTooLarge);
        Assert.Contains("E_QUERY_RESULT_SET_TOO_LARGE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_AnswerThatSaysItWentWell_IsRead()
    {
        using var http = new Answering(HttpStatusCode.OK, """
            {"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"Severity"}],"Rows":[[1],[2]]},
            {"TableName":"Table_2","Columns":[{"ColumnName":"Severity"},{"ColumnName":"StatusDescription"}],"Rows":[[4,"Query completed successfully"],[6,"{}"]]}]}
            """);
        var results = await new KustoRest(http.Client, "clicks", null).QueryAsync(new KustoQuery("Versions"), CancellationToken.None);
        Assert.Equal([1, 2], results[0].Select(row => row[0].GetInt32()));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"error":{"code":"General_InternalServerError"}}""", false)]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"@message":"(E_QUERY_RESULT_SET_TOO_LARGE)"}}""", true)]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"@message":"(E_RUNAWAY_QUERY)"}}""", false)]
    public async Task Query_AnswerWithoutResults_IsNoAnswer(HttpStatusCode status, string answer, bool isTooLarge)
    {
        using var http = new Answering(status, answer);
        var failure = await Assert.ThrowsAsync<KustoException>(() => new KustoRest(http.Client, "clicks", null).QueryAsync(new KustoQuery("Versions"), CancellationToken.None));
        Assert.Equal(isTooLarge, failure.IsTooLarge);
    }

    [Fact]
    public async Task Ingest_Rows_GoToTheTableAsCsvAndARefusalIsSaid()
    {
        using var http = new Answering(HttpStatusCode.BadRequest, "streaming is off");
        var failure = await Assert.ThrowsAsync<KustoException>(() => new KustoRest(http.Client, "clicks", null).IngestAsync("MinuteRows", "1,\"a\"\n", CancellationToken.None));
        Assert.Equal(("/v1/rest/ingest/clicks/MinuteRows?streamFormat=Csv", "1,\"a\"\n"), (http.Path, http.Body));
        Assert.Contains("400: streaming is off", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Answering : HttpMessageHandler
    {
        private readonly HttpStatusCode _status;
        private readonly string _answer;

        public Answering(HttpStatusCode status, string answer)
        {
            (_status, _answer) = (status, answer);
            Client = new HttpClient(this) { BaseAddress = new Uri("https://x.kusto.windows.net/") };
        }

        public HttpClient Client { get; }

        public string Path { get; private set; } = "";

        public string Body { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (Path, Body) = (request.RequestUri!.PathAndQuery, await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(_status) { Content = new StringContent(_answer) };
        }
    }
}
