using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.ApiKeys;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Api.Tests.Events;

/// <summary>Batches of events (R6): what is taken, what is refused and kept, what nobody may send.</summary>
public sealed class EventsTests
{
    private const string Path = "/api/v1/events";

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/x-ndjson")]
    public async Task Post_ImpressionsAndConversions_AreOnTheLogWhenAnswered(string type)
    {
        await using var host = await ApiHost.StartAsync();
        var key = await host.KeyAsync("adv_88f7e6d5");
        var events = new[] { Event("impression", "i_1"), Event("conversion", "c_1"), Event("impression", "i_1") };

        var answer = await AcceptedAsync(host, key, Batch(type, events), type);

        // A repeat is accepted again: it is the same event, and counted once further down.
        Assert.Equal((3, 0, 0), Sums(answer));
        Assert.Equal(["i_1", "c_1", "i_1"], answer.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event_id").GetString()));
        var kept = host.Log.Records.Select(record => EventDecoder.Decode(record.Record, out var view) == EventDefect.None ? $"{view.Type} {Text(view.ClickId)} {Text(view.AdGroupId)} {Text(view.CreativeId)}" : "none");
        Assert.Equal(["Impression i_1 grp_1 cr_1", "Conversion c_1 grp_1 cr_1", "Impression i_1 grp_1 cr_1"], kept);
        Assert.Equal(host.Log.Records[0].Id, host.Log.Records[2].Id);
    }

    [Fact]
    public async Task Post_BeforeTheLogIsDurable_IsNotAnswered()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await host.KeyAsync("adv_88f7e6d5");
        host.Log.Hold();

        var sending = PostAsync(host, key, Batch("application/json", Event("impression", "i_1")));
        await host.Log.Arrived;

        Assert.False(sending.IsCompleted);
        host.Log.Release();
        using var answer = await sending;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("click", "click_not_accepted")]
    [InlineData("non_click", "click_not_accepted")]
    [InlineData("no type", "click_not_accepted")]
    [InlineData("ad_id=ad_nobody_has", "unknown_ad")]
    [InlineData("ad_id=ad_other", "unknown_ad")]
    [InlineData("advertiser_id=adv_2", "ad_mismatch")]
    [InlineData("campaign_id=cmp_2", "ad_mismatch")]
    public async Task Post_WhatASenderMayNotSend_IsRefusedAndNotKept(string change, string reason)
    {
        await using var host = await ApiHost.StartAsync();
        var changed = Event("impression", "i_1");
        if (change == "no type")
            changed.Remove("type");
        else if (change.Split('=') is [var field, var value])
            changed[field] = value;
        else
            changed["type"] = change;

        var answer = await AcceptedAsync(host, await host.KeyAsync("adv_88f7e6d5"), Batch("application/json", changed, Event("impression", "i_2")));

        Assert.Equal((1, 1, 0), Sums(answer));
        var refused = answer.GetProperty("events")[0];
        Assert.Equal(reason, refused.GetProperty("reason").GetString());
        Assert.False(refused.GetProperty("quarantined").GetBoolean());
        Assert.EndsWith(".", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Single(host.Log.Records);
    }

    [Fact]
    public async Task Post_AVerdictAndAPrice_AreNotTheSendersToSay()
    {
        await using var host = await ApiHost.StartAsync();
        var sent = Event("conversion", "c_1");
        (sent["verdict"], sent["cost_micros"], sent["currency"]) = ("valid", 5_000_000, "USD");

        await AcceptedAsync(host, await host.KeyAsync(null), Batch("application/json", sent));

        Assert.Equal(EventDefect.None, EventDecoder.Decode(host.Log.Records.Single().Record, out var view));
        Assert.False(view.Verdict.IsJudged);
        Assert.Equal(0, view.CostMicros);
    }

    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("7", "not_an_object")]
    [InlineData("[]", "not_an_object")]
    [InlineData("""{"type":"impression","click_id":5}""", "wrong_type:click_id")]
    public async Task Post_AMalformedLine_IsQuarantinedAndTheRestTaken(string line, string reason)
    {
        await using var host = await ApiHost.StartAsync();
        var body = $"{line}\n{Event("impression", "i_2").ToJsonString()}\r\n\n";

        var answer = await AcceptedAsync(host, await host.KeyAsync("adv_88f7e6d5"), body, "application/x-ndjson");

        Assert.Equal((1, 1, 1), Sums(answer));
        Assert.Equal(reason, answer.GetProperty("events")[0].GetProperty("reason").GetString());
        Assert.NotEqual(EventDefect.None, EventDecoder.Decode(host.Log.Records[0].Record, out var kept));
        Assert.Equal(line, Text(kept.RejectedInput));
        Assert.Equal(reason, Text(kept.RejectedReason));
    }

    [Fact]
    public async Task Post_MoreThanAThousand_IsRefusedWhole()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await host.KeyAsync("adv_88f7e6d5");
        var events = Enumerable.Range(0, 1001).Select(i => Event("impression", $"i_{i}")).ToArray();
        foreach (var type in (string[])["application/json", "application/x-ndjson"])
        {
            using var answer = await PostAsync(host, key, Batch(type, events), type);
            await AssertProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "events_too_many");
        }

        Assert.Empty(host.Log.Records);
        Assert.Equal((1000, 0, 0), Sums(await AcceptedAsync(host, key, Batch("application/json", events[..1000]))));
    }

    [Theory]
    [InlineData("", "application/json", 400, "events_malformed")]
    [InlineData("{}", "application/json", 400, "events_malformed")]
    [InlineData("[{},", "application/json", 400, "events_malformed")]
    [InlineData("[]]", "application/json", 400, "events_malformed")]
    [InlineData("[]", "text/plain", 415, "unsupported_media_type")]
    [InlineData("[]", "nonsense", 415, "unsupported_media_type")]
    public async Task Post_NoBatch_IsRefused(string body, string type, int status, string code)
    {
        await using var host = await ApiHost.StartAsync();

        using var answer = await PostAsync(host, await host.KeyAsync(null), body, type);

        await AssertProblemAsync(answer, (HttpStatusCode)status, code);
        Assert.Empty(host.Log.Records);
    }

    [Fact]
    public async Task Post_TooLargeABody_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();

        using var answer = await PostAsync(host, await host.KeyAsync(null), $"[\"{new string('a', 1024 * 1024)}\"]");

        await AssertProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "content_too_large");
        Assert.Empty(host.Log.Records);
    }

    [Theory]
    [InlineData(true, "events_overloaded")]
    [InlineData(false, "events_not_recorded")]
    public async Task Post_LogRefuses_SaysToSendAgain(bool isOverloaded, string code)
    {
        await using var host = await ApiHost.StartAsync();
        host.Log.Failure = isOverloaded ? new LogOverloadedException("full") : new LogUnavailableException("broken");

        using var answer = await PostAsync(host, await host.KeyAsync(null), Batch("application/json", Event("impression", "i_1")));

        await AssertProblemAsync(answer, HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Post_WithoutAGoodKey_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();
        var key = await host.KeyAsync("adv_88f7e6d5");
        await host.Keys.RevokeAsync((await host.Keys.ListAsync(default))[0].Id, host.Clock.GetUtcNow(), default);
        var good = await host.KeyAsync("adv_88f7e6d5");
        var altered = $"{good[..^2]}{(good[^2] == 'A' ? 'B' : 'A')}{good[^1]}";

        foreach (var wrong in (string[])[key, altered, good[..^1], "cfk_", "cfk_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
        {
            using var answer = await PostAsync(host, wrong, "[]");
            await AssertProblemAsync(answer, HttpStatusCode.Unauthorized, "token_invalid");
        }

        // A person's token is none of a program's: not even an operator's.
        using var person = await PostAsync(host, TestIssuer.Shared.Token(), "[]");
        Assert.Equal(HttpStatusCode.Forbidden, person.StatusCode);
        using var claimed = await PostAsync(host, TestIssuer.Shared.TokenOf("platform-sender"), "[]");
        Assert.Equal(HttpStatusCode.Forbidden, claimed.StatusCode);
        Assert.Empty(host.Log.Records);
    }

    [Fact]
    public async Task Key_ForAnythingButSending_IsForbidden()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var key in (string[])[await host.KeyAsync("adv_88f7e6d5"), await host.KeyAsync(null)])
        {
            foreach (var path in (string[])["/api/v1/catalog/advertisers", "/api/v1/advertisers/analytics?advertiser_id=adv_88f7e6d5", "/metrics"])
            {
                using var answer = await host.GetAsync(path, ("Authorization", $"Bearer {key}"));
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden || path == "/metrics", $"{path}: {answer.StatusCode}");
            }
        }
    }

    private static JsonObject Event(string type, string id) => new()
    {
        ["type"] = type, ["click_id"] = id, ["ad_id"] = "ad_99a2c3d4", ["campaign_id"] = "cmp_77b6a5d4", ["advertiser_id"] = "adv_88f7e6d5",
        ["event_time"] = "2026-07-01T12:00:00Z",
    };

    private static string Batch(string type, params JsonObject[] events) => type.Contains("ndjson", StringComparison.Ordinal)
        ? string.Join('\n', events.Select(e => e.ToJsonString()))
        : $"[{string.Join(',', events.Select(e => e.ToJsonString()))}]";

    private static async Task<HttpResponseMessage> PostAsync(ApiHost host, string key, string body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return await host.Client.SendAsync(request);
    }

    private static async Task<JsonElement> AcceptedAsync(ApiHost host, string key, string body, string type = "application/json")
    {
        using var answer = await PostAsync(host, key, body, type);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} {text}");
        Assert.Equal(code, JsonElement.Parse(text).GetProperty("code").GetString());
    }

    private static (int Accepted, int Rejected, int Quarantined) Sums(JsonElement answer) =>
        (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32(), answer.GetProperty("quarantined").GetInt32());

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
