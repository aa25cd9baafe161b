using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;
using ClickFuncs.Testing.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Events.Ndjson;

public sealed class NdjsonEventParserTests
{
    private const string Valid = """
        {"type":"click","click_id":"clk_1","ad_id":"ad_1","campaign_id":"cmp_1","advertiser_id":"adv_1","cost_micros":450000,"currency":"USD","event_time":"2026-07-01T12:00:00.123Z"}
        """;

    // Written down once more: the codes and their bits are a contract.
    private static readonly string[] ReasonCodes =
        ["known_bot", "self_declared_crawler", "data_center", "missing_user_agent", "absurd_user_agent", "velocity_ip", "velocity_user"];

    private readonly NdjsonEventParser _parser = new();

    [Fact]
    public void TryParse_ExampleOfTheContract_GivesEveryField()
    {
        var line = """
            {"type":"click","click_id":"clk_abc123xyz456","ad_id":"ad_99a2c3d4","campaign_id":"cmp_77b6a5d4","advertiser_id":"adv_88f7e6d5","ad_group_id":"grp_1","creative_id":"cr_1","user_id":"usr_55c4b3a2","cost_micros":450000,"currency":"USD","ip":"203.0.113.7","user_agent":"Mozilla/5.0 ...","event_time":"2026-07-01T12:00:00.123Z","referrer":"https://example.org/","device":"mobile","country":"NO"}
            """u8;
        Assert.True(_parser.TryParse(line, out var view, out _));
        var expected = new AdEventMessage
        {
            ClickId = "clk_abc123xyz456",
            AdId = "ad_99a2c3d4",
            CampaignId = "cmp_77b6a5d4",
            AdvertiserId = "adv_88f7e6d5",
            AdGroupId = "grp_1",
            CreativeId = "cr_1",
            UserId = "usr_55c4b3a2",
            CostMicros = 450_000,
            Currency = "USD",
            Ip = "203.0.113.7",
            UserAgent = "Mozilla/5.0 ...",
            EventTimeMs = 1_782_907_200_123,
            Referrer = "https://example.org/",
            Device = "mobile",
            Country = "NO",
        };
        Assert.Equal(expected, AdEvents.Message(view));
    }

    [Fact]
    public void TryParse_LineOfAnotherWriter_GivesTheSameEvent() =>
        Prop.ForAll(AdEvents.Valid(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (message, seed) =>
        {
            Assert.True(_parser.TryParse(OtherWriter(message, new Random(seed)), out var view, out var reason), reason);
            Assert.Equal(message, AdEvents.Message(view));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void TryParse_MutatedLine_AgreesWithTheDocumentModel()
    {
        var mutations = Gen.Choose(0, int.MaxValue - 1).ArrayOf(2).ToArbitrary();
        Prop.ForAll(AdEvents.Valid(), mutations, (message, seeds) =>
        {
            var line = Mutations.Apply(Write(message), seeds);
            if (_parser.TryParse(line, out var view, out var reason))
                Assert.Equal(ReadByDocument(line), AdEvents.Message(view));
            else if (reason == "invalid_json")
                Assert.ThrowsAny<Exception>(() => ReadByDocument(line));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData("", "invalid_json")]
    [InlineData("   ", "invalid_json")]
    [InlineData("null", "not_an_object")]
    [InlineData("[]", "not_an_object")]
    [InlineData("[{}", "invalid_json")]
    [InlineData("\"click\"", "not_an_object")]
    [InlineData("{", "invalid_json")]
    [InlineData("{}", "missing_click_id")]
    [InlineData("{}{}", "invalid_json")]
    [InlineData("{\"click_id\":}", "invalid_json")]
    [InlineData("{\"click_id\":\"a\",}", "invalid_json")]
    [InlineData("{'click_id':'a'}", "invalid_json")]
    [InlineData("{\"click_id\":\"a\"} // note", "invalid_json")]
    [InlineData("{\"click_id\":\"a\tb\"}", "invalid_json")]
    [InlineData("{\"click_id\":\"\\ud83d\"}", "invalid_json")]
    [InlineData("{\"click_id\":\"\\x\"}", "invalid_json")]
    [InlineData("{\"cost_micros\":007}", "invalid_json")]
    [InlineData("{\"cost_micros\":NaN}", "invalid_json")]
    [InlineData("{\"click_id\":5,\"x\":}", "invalid_json")]
    [InlineData("{\"click_id\":5}", "wrong_type:click_id")]
    [InlineData("{\"ip\":{\"v4\":\"1.2.3.4\"}}", "wrong_type:ip")]
    [InlineData("{\"device\":[\"tv\"]}", "wrong_type:device")]
    [InlineData("{\"cost_micros\":\"450000\"}", "wrong_type:cost_micros")]
    [InlineData("{\"cost_micros\":0.45}", "wrong_type:cost_micros")]
    [InlineData("{\"cost_micros\":1e3}", "wrong_type:cost_micros")]
    [InlineData("{\"cost_micros\":true}", "wrong_type:cost_micros")]
    [InlineData("{\"event_time\":1782907200000.5}", "wrong_type:event_time")]
    [InlineData("{\"event_time\":{}}", "wrong_type:event_time")]
    [InlineData("{\"event_time\":\"1782907200000\"}", "invalid_event_time")]
    [InlineData("{\"event_time\":\"2026-02-30T00:00:00Z\"}", "invalid_event_time")]
    [InlineData("{\"type\":\"Click\"}", "unknown_type")]
    [InlineData("{\"type\":0}", "wrong_type:type")]
    [InlineData("{\"non_click_reason\":\"bored\"}", "unknown_non_click_reason")]
    [InlineData("{\"verdict\":\"guilty\"}", "unknown_verdict")]
    [InlineData("{\"verdict\":3}", "wrong_type:verdict")]
    [InlineData("{\"verdict\":[\"valid\"]}", "wrong_type:verdict")]
    [InlineData("{\"reasons\":\"known_bot\"}", "wrong_type:reasons")]
    [InlineData("{\"reasons\":1}", "wrong_type:reasons")]
    [InlineData("{\"over_budget\":1}", "wrong_type:over_budget")]
    [InlineData("{\"over_budget\":\"true\"}", "wrong_type:over_budget")]
    [InlineData("{\"click_id\":true}", "wrong_type:click_id")]
    [InlineData("{\"reasons\":[\"known_bot\",1,\"x\"]}", "wrong_type:reasons")]
    [InlineData("{\"reasons\":[{\"known_bot\":[]}]}", "wrong_type:reasons")]
    [InlineData("{\"reasons\":[[\"known_bot\"]],\"type\":\"x\"}", "wrong_type:reasons")]
    [InlineData("{\"reasons\":[\"bored\",1]}", "unknown_verdict_reason")]
    [InlineData("{\"reasons\":[\"known_bot\"}", "invalid_json")]
    public void TryParse_BrokenLine_NamesTheReason(string line, string expected)
    {
        Assert.False(_parser.TryParse(Encoding.UTF8.GetBytes(line), out _, out var reason));
        Assert.Equal(expected, reason);
    }

    [Theory]
    [InlineData("\"click_id\":\"clk_1\"", "\"click_id\":\"\"", "missing_click_id")]
    [InlineData("\"click_id\":\"clk_1\"", "\"click_id\":null", "missing_click_id")]
    [InlineData("\"campaign_id\":\"cmp_1\",", "", "missing_dimension")]
    [InlineData("\"cost_micros\":450000", "\"cost_micros\":-1", "cost_out_of_range")]
    [InlineData("\"cost_micros\":450000", "\"cost_micros\":9223372036854775808", "cost_out_of_range")]
    [InlineData("\"cost_micros\":450000", "\"cost_micros\":-99999999999999999999", "cost_out_of_range")]
    [InlineData("\"currency\":\"USD\"", "\"currency\":\"usd\"", "bad_currency")]
    [InlineData("{", "{\"verdict\":\"invalid\",", "bad_verdict")]
    [InlineData("{", "{\"verdict\":\"suspect\",\"reasons\":[],", "bad_verdict")]
    [InlineData("{", "{\"reasons\":[\"known_bot\"],", "bad_verdict")]
    [InlineData("{", "{\"verdict\":\"valid\",\"reasons\":[\"known_bot\"],", "bad_verdict")]
    [InlineData("\"2026-07-01T12:00:00.123Z\"", "1782907200", "event_time_out_of_range")]
    [InlineData("\"2026-07-01T12:00:00.123Z\"", "99999999999999999999", "event_time_out_of_range")]
    [InlineData("\"2026-07-01T12:00:00.123Z\"", "null", "missing_event_time")]
    public void TryParse_EventThatBreaksARule_NamesTheRule(string part, string replacement, string expected)
    {
        Assert.False(_parser.TryParse(Encoding.UTF8.GetBytes(Valid.Replace(part, replacement, StringComparison.Ordinal)), out _, out var reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void TryParse_BytesThatAreNotUtf8_AreRefused()
    {
        var line = Encoding.UTF8.GetBytes(Valid);
        line[line.AsSpan().IndexOf("clk_1"u8)] = 0xc3;
        Assert.False(_parser.TryParse(line, out _, out var reason));
        Assert.Equal("invalid_utf8", reason);
    }

    [Theory]
    [InlineData("{", "{\"click_id\":\"first\",")]
    [InlineData("{", "{\"cost_micros\":9,\"event_time\":5,\"type\":\"impression\",")]
    [InlineData("{", "{\"unknown\":\"x\",\"other\":{\"click_id\":[1,{}]},\"n\":-1.5e9,\"b\":null,")]
    [InlineData("{", " \t{ \"unknown\" : \"x\" , ")]
    [InlineData("{", "{\"verdict\":null,\"reasons\":null,")]
    [InlineData("{", "{\"reasons\":[],")]
    [InlineData("{", "{\"over_budget\":false,")]
    [InlineData("{", "{\"over_budget\":null,")]
    [InlineData("\"clk_1\"", "\"\\u0063lk_1\"")]
    [InlineData("click_id", "\\u0063lick_id")]
    [InlineData("\"type\":\"click\",", "")]
    [InlineData("\"type\":\"click\"", "\"type\":null")]
    [InlineData("\"2026-07-01T12:00:00.123Z\"", "1782907200123")]
    [InlineData("\"2026-07-01T12:00:00.123Z\"", "\"2026-07-01T14:00:00.1239+02:00\"")]
    public void TryParse_SameEventOtherwiseWritten_IsTheSameEvent(string part, string replacement)
    {
        Assert.True(_parser.TryParse(Encoding.UTF8.GetBytes(Valid), out var expected, out _));
        var line = Encoding.UTF8.GetBytes(Valid.Replace(part, replacement, StringComparison.Ordinal));
        Assert.True(new NdjsonEventParser().TryParse(line, out var view, out var reason), reason);
        Assert.Equal(AdEvents.Message(expected), AdEvents.Message(view));
    }

    [Fact]
    public void TryParse_EscapesLongerThanTheScratch_AreKept()
    {
        var name = string.Concat(Enumerable.Repeat("\\u00e9", 2000));
        Assert.False(_parser.TryParse(Encoding.UTF8.GetBytes("{\"click_id\":\"" + name + "\",\"event_time\":1782907200123}"), out var view, out _));
        Assert.Equal(new string('é', 2000), Encoding.UTF8.GetString(view.ClickId));
    }

    [Fact]
    public void TryParse_ManyLines_AllocatesNothing()
    {
        var escaped = Encoding.UTF8.GetBytes(Valid.Replace("clk_1", "clk\\n1", StringComparison.Ordinal));
        var plain = Encoding.UTF8.GetBytes(Valid);

        Assert.Equal(0, Allocations.FewestOf(() => Parse(1000)));

        void Parse(int times)
        {
            for (var i = 0; i < times; i++)
            {
                if (!_parser.TryParse(plain, out _, out _) || !_parser.TryParse(escaped, out _, out _))
                    throw new InvalidOperationException("Both lines are valid.");
            }
        }
    }

    // Reads every field that is known, so that a broken escape in one is an error here too; what is in others nobody looks at.
    private static AdEventMessage ReadByDocument(byte[] line)
    {
        using var document = JsonDocument.Parse(line);
        var fields = new Dictionary<string, JsonElement>();
        foreach (var property in document.RootElement.EnumerateObject())
            fields[property.Name] = property.Value;

        string Text(string name) => fields.TryGetValue(name, out var value) ? value.GetString() ?? "" : "";
        return new AdEventMessage
        {
            ClickId = Text("click_id"),
            AdId = Text("ad_id"),
            CampaignId = Text("campaign_id"),
            AdvertiserId = Text("advertiser_id"),
            AdGroupId = Text("ad_group_id"),
            CreativeId = Text("creative_id"),
            UserId = Text("user_id"),
            Currency = Text("currency"),
            Ip = Text("ip"),
            UserAgent = Text("user_agent"),
            Referrer = Text("referrer"),
            Device = Text("device"),
            Country = Text("country"),
            CostMicros = fields.TryGetValue("cost_micros", out var cost) ? cost.GetInt64() : 0,
            EventTimeMs = fields["event_time"] is { ValueKind: JsonValueKind.Number } ms
                ? ms.GetInt64()
                : DateTimeOffset.Parse(Text("event_time"), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
            Type = Text("type") is { Length: > 0 } type ? Enum.Parse<EventKind>(type.Replace("_", "", StringComparison.Ordinal), true) : EventKind.Click,
            VerdictTier = Text("verdict") is { Length: > 0 } tier ? Enum.Parse<VerdictTierKind>(tier, true) : VerdictTierKind.Unjudged,
            VerdictReasons = fields.TryGetValue("reasons", out var reasons) && reasons.ValueKind == JsonValueKind.Array
                ? reasons.EnumerateArray().Aggregate(0UL, (set, reason) => set | (1UL << Array.IndexOf(ReasonCodes, reason.GetString())))
                : 0,
            OverBudget = fields.TryGetValue("over_budget", out var overBudget) && overBudget.ValueKind == JsonValueKind.True,
            NonClickReason = Text("non_click_reason") is { Length: > 0 } why ? Enum.Parse<NonClickReasonKind>(why, true) : NonClickReasonKind.None,
        };
    }

    private static byte[] Write(AdEventMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new NdjsonEventWriter(output);
        writer.Write(AdEvents.View(message));
        return output.WrittenSpan[..^1].ToArray();
    }

    // The base library's writer, with fields in random order, either way to write the time, and either way to escape.
    private static byte[] OtherWriter(AdEventMessage message, Random random)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(message.EventTimeMs);
        var fields = new List<KeyValuePair<string, JsonNode?>>
        {
            new("click_id", message.ClickId), new("ad_id", message.AdId), new("campaign_id", message.CampaignId),
            new("advertiser_id", message.AdvertiserId), new("ad_group_id", message.AdGroupId), new("creative_id", message.CreativeId),
            new("user_id", message.UserId), new("cost_micros", message.CostMicros), new("currency", message.Currency),
            new("ip", message.Ip), new("user_agent", message.UserAgent), new("referrer", message.Referrer),
            new("device", message.Device), new("country", message.Country), new("other", new JsonArray(1, "x")),
            new("type", message.Type == EventKind.NonClick ? "non_click" : message.Type.ToString().ToLowerInvariant()),
            new("event_time", random.Next(2) == 0 ? message.EventTimeMs : at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture)),
        };
        if (message.NonClickReason != NonClickReasonKind.None)
            fields.Add(new("non_click_reason", message.NonClickReason.ToString().ToLowerInvariant()));
        if (message.VerdictTier != VerdictTierKind.Unjudged)
            fields.Add(new("verdict", message.VerdictTier.ToString().ToLowerInvariant()));
        if (message.VerdictReasons != 0)
            fields.Add(new("reasons", new JsonArray([.. ReasonCodes.Where((_, bit) => (message.VerdictReasons >> bit & 1) != 0).Select(code => (JsonNode)code)])));
        if (message.OverBudget)
            fields.Add(new("over_budget", true));
        if (random.Next(2) == 0)
            fields.RemoveAll(field => field.Key == "other");
        var items = fields.ToArray();
        random.Shuffle(items);
        var options = new JsonSerializerOptions { WriteIndented = random.Next(4) == 0 };
        if (random.Next(2) == 0)
            options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return Encoding.UTF8.GetBytes(new JsonObject(items).ToJsonString(options));
    }
}
