using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ClickFuncs.Links;

namespace ClickFuncs.Core.Tests.Links;

/// <summary>The signed texts, written out by hand: makers in other languages rely on them.</summary>
public sealed class LinkSignatureTests
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public void Explicit_Signature_IsHmacOfTheDocumentedText()
    {
        var query = ExplicitForm.Write(LinkSamples.Key(1), new ExplicitLink
        {
            AdId = "ad_ø", CampaignId = "cmp_1", AdvertiserId = "adv_1", ClickId = "clk_1", UserId = "", CostMicros = 450_000,
            MadeAtMs = 1_782_907_200_000, RedirectUrl = "https://a.example/?x=1",
        });

        const string Text = "clickfuncs.link.params.v1\0ad_id=5:ad_ø\nadvertiser_id=5:adv_1\ncampaign_id=5:cmp_1\nclick_id=5:clk_1\n"
            + "cost_per_click=4:0.45\nkid=1:1\nredirect_url=22:https://a.example/?x=1\ntimestamp=13:1782907200000\nuser_id=0:\n";
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(Text)));
        Assert.Equal("ad_id=ad_%C3%B8&advertiser_id=adv_1&campaign_id=cmp_1&click_id=clk_1&cost_per_click=0.45&kid=1"
            + $"&redirect_url=https%3A%2F%2Fa.example%2F%3Fx%3D1&timestamp=1782907200000&user_id=&sig={signature}", query);
    }

    [Fact]
    public void Compact_Token_IsTheDocumentedBytes()
    {
        var token = CompactToken.Write(LinkSamples.Key(1), new LinkClaims
        {
            ClickId = "clk_1"u8, AdId = "ad_1"u8, CostMicros = 300, Currency = "AAC"u8, ExpiresAtMs = 0x01020304 * 1000L,
        });

        byte[] payload = [1, 1, 1, 2, 3, 4, 0xac, 2, 0, 3, 5, .. "clk_1"u8, 4, .. "ad_1"u8];
        byte[] message = [.. "clickfuncs.link.token.v1\0"u8, .. payload];
        var tag = HMACSHA256.HashData(Secret, message).AsSpan(0, 16);
        Assert.Equal(Base64Url.EncodeToString([.. payload, .. tag]), token);
    }

    [Theory]
    [InlineData("1782907200")]
    [InlineData("1782907200000")]
    public void Explicit_TimestampInSecondsOrMilliseconds_IsTheSameMoment(string timestamp)
    {
        string[] lines =
        [
            "ad_id=4:ad_1", "advertiser_id=5:adv_1", "campaign_id=5:cmp_1", "click_id=5:clk_1", "cost_per_click=1:1", "kid=1:1",
            "redirect_url=18:https://a.example/", $"timestamp={timestamp.Length}:{timestamp}", "user_id=0:", "",
        ];
        var text = "clickfuncs.link.params.v1\0" + string.Join('\n', lines);
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(text)));
        var query = "ad_id=ad_1&advertiser_id=adv_1&campaign_id=cmp_1&click_id=clk_1&cost_per_click=1&kid=1"
            + $"&redirect_url=https://a.example/&timestamp={timestamp}&user_id=&sig={signature}";

        var defect = ExplicitForm.Read(
            query, new LinkSamples().Keys, TimeSpan.FromHours(1), new byte[ExplicitForm.ScratchBytes], out var claims);

        Assert.Equal(LinkDefect.None, defect);
        Assert.Equal((1_782_910_800_000, 1_000_000), (claims.ExpiresAtMs, claims.CostMicros));
    }
}
