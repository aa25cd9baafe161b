using System.Text;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Core.Tests.Links;
using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;
using ClickFuncs.Links;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Fuzzing;
using ClickFuncs.Testing.Memory;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Core.Tests.Fuzzing;

/// <summary>
/// Real inputs, damaged: every parser that meets strangers gives one of its documented answers, in time and memory that the input's length bounds.
/// A failure names its seed; more of them: CLICKFUNCS_SEEDS.
/// </summary>
public sealed class ParserFuzzing
{
    private static readonly int Seeds = FuzzSeeds.Count(3000);

    // Parsers of what comes with every click allocate nothing, but for a hasher whenever the thread meets another processor.
    private const int OnceBytes = 4096;

    // The base library's decoder makes a little for text that it refuses.
    private const int RefusedTokenBytes = 64;

    private readonly LinkSamples _links = new();

    [Fact]
    public void Links_DamagedTokens_NeverVerifyAndTakeNoMemory()
    {
        var original = _links.Maker.MakeCompact(LinkSamples.Ad, "clk_1")[3..];
        var scratch = new byte[LinkVerifier.ScratchBytes];
        var now = _links.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Run(original, RefusedTokenBytes * Seeds, text => _links.Verifier.VerifyToken(text, now, scratch, out _), (text, defect) =>
            Assert.True(defect != LinkDefect.None || text == original, $"'{text}' verifies"));
    }

    [Fact]
    public void Links_DamagedQueries_NeverVerifyAsSomethingElseAndAllocateNothing()
    {
        var original = _links.Maker.MakeExplicit(LinkSamples.Ad, "clk_1", userId: "usr_1").Split('?')[1];
        var scratch = new byte[LinkVerifier.ScratchBytes];
        var now = _links.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var sorted = Sorted(original);
        Run(original, OnceBytes, text => _links.Verifier.VerifyQuery(text, now, scratch, out _), (text, defect) =>
            Assert.True(defect != LinkDefect.None || Sorted(text) == sorted, $"'{text}' verifies"));
    }

    [Fact]
    public void UserAgents_AnyBytes_AreJudgedAndClassedWithoutAllocating()
    {
        var judge = new TrafficJudge(new VerdictOptions(), KnownBots.Load());
        byte[][] agents =
        [
            [.. "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"u8],
            [.. "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"u8], [.. "curl/8.5.0"u8],
        ];
        byte[][] addresses = [[.. "203.0.113.7"u8], [.. "2001:db8::192.0.2.1"u8], [.. "::ffff:10.0.0.1%eth0"u8]];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var (agent, address) = (Damage.Apply(random, agents[seed % 3]), Damage.Apply(random, addresses[seed / 3 % 3]));
            var allocated = Allocations.FewestOf(() => _ = judge.JudgeRequest(agent, address).Tier == VerdictTier.Valid && DeviceClass.Of(agent).IsEmpty);
            Assert.True(allocated == 0, $"Seed {seed}: {allocated} bytes allocated");
            var verdict = judge.JudgeRequest(agent, address);
            var device = DeviceClass.Of(agent);
            Assert.True(Enum.IsDefined(verdict.Tier) && device.Length <= 16, $"Seed {seed}: {verdict} {Encoding.UTF8.GetString(device)}");
        }
    }

    [Fact]
    public void Protobuf_DamagedEvents_AreDecodedOrNamedDefective()
    {
        var original = new TestEvent { UserAgent = "curl/8", Ip = "192.0.2.1", Referrer = "https://example.org/", Verdict = new(VerdictTier.Invalid, VerdictReasons.KnownBot) }.Encode();
        var refused = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var bytes = Damage.Apply(new Random(seed), original);
            Assert.True(Allocations.FewestOf(() => EventDecoder.Decode(bytes, out _)) == 0, $"Seed {seed} allocates");
            var defect = EventDecoder.Decode(bytes, out var view);
            Assert.True(Enum.IsDefined(defect), $"Seed {seed}: {defect}");
            refused += defect == EventDefect.None ? 0 : 1;
            // What was read can be written, and says the same then.
            if (defect == EventDefect.None)
                Assert.Equal(EventDefect.None, EventDecoder.Decode(Encode(view), out _));
        }

        Assert.True(refused > Seeds / 4, $"Only {refused} of {Seeds} were refused: the damage hardly hit.");
    }

    [Fact]
    public async Task Ndjson_DamagedFiles_AreEventsOrReasonsAndEnd()
    {
        var line = """{"type":"click","click_id":"clk_1","event_time":"2026-07-01T12:00:00Z","cost_micros":450000,"advertiser_id":"adv_1","campaign_id":"cmp_1","ad_id":"ad_1","user_agent":"a\u00e9\n"}""";
        var original = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(line, 3)));
        var parser = new NdjsonEventParser();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var bytes = Damage.Apply(new Random(seed), original);
            using var reader = new NdjsonLineReader(new MemoryStream(bytes));
            var lines = 0;
            do
            {
                while (reader.TryRead(out var found))
                {
                    lines++;
                    if (!parser.TryParse(found.Bytes, out _, out var reason))
                        Assert.False(string.IsNullOrEmpty(reason), $"Seed {seed}: a line is refused without a reason");
                }
            }
            while (await reader.FillAsync(CancellationToken.None));

            while (reader.TryRead(out _))
                lines++;
            Assert.True(lines <= bytes.Length + 1, $"Seed {seed}: {lines} lines in {bytes.Length} bytes");
        }
    }

    [Fact]
    public void AnalyticsQueries_DamagedValues_AreAQueryOrErrors()
    {
        string[] originals = ["adv_1", "2026-07-01T00:00:00+02:00", "1782907200", "1h", "Europe/Oslo", "campaign_id,country", "country", "NO", "final", "clicks", "desc", "50"];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            string Value(int original) => random.Next(4) == 0 ? Damage.Apply(random, originals[random.Next(originals.Length)]) : originals[original];
            var text = new AnalyticsQueryText
            {
                AdvertiserId = Value(0), StartTime = Value(1), EndTime = Value(2), Granularity = Value(3), TimeZone = Value(4), GroupBy = [Value(5)],
                Filters = [KeyValuePair.Create(Value(6), Value(7))], Accuracy = Value(8),
            };
            var result = AnalyticsQueryParser.Parse(text);
            Assert.True(result.IsValid == (result.Errors.Count == 0), $"Seed {seed}: {result.Errors.Count} errors");
            var overview = OverviewQueryParser.Parse(new OverviewQueryText(text)
            {
                CompareStartTime = Value(1), CompareEndTime = Value(2), Breakdown = Value(6), OrderBy = Value(9), Order = Value(10), Offset = Value(11), Limit = Value(11),
            });
            Assert.True(overview.Query is not null == (overview.Errors.Count == 0), $"Seed {seed}: {overview.Errors.Count} errors");
        }
    }

    private static void Run<T>(string original, long mayAllocate, Func<string, T> parse, Action<string, T> check)
    {
        parse(original);
        var allocated = 0L;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var text = Damage.Apply(new Random(seed), original);
            allocated += Allocations.FewestOf(() => parse(text));
            check(text, parse(text));
        }

        Assert.True(allocated <= mayAllocate, $"{allocated} bytes allocated for {Seeds} inputs");
    }

    /// <summary>The parameters a query means, whatever their order and spelling.</summary>
    private static string Sorted(string query) => string.Join('&', query.TrimStart('?').Split('&').Select(Uri.UnescapeDataString).Order(StringComparer.Ordinal));

    private static byte[] Encode(in EventView view)
    {
        var buffer = new byte[EventEncoder.MaxLength(view)];
        return buffer[..EventEncoder.Encode(view, buffer)];
    }
}
