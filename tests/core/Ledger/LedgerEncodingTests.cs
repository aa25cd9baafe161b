using System.Text;
using ClickFuncs.Ledger;

namespace ClickFuncs.Core.Tests.Ledger;

/// <summary>Pins the bytes that hashes are made of. The expected values were made by a script that shares nothing with the product.</summary>
public sealed class LedgerEncodingTests
{
    private static readonly JournalId Journal = new("adv_ø", "USD");
    private static readonly DateOnly Day = new(2026, 7, 30);
    private static readonly LedgerPosting[] Postings =
    [
        LedgerPostings.Clicks(Journal, new DayClose(Day, 1, Day.AddDays(1)), "cmp_1", new ChargeAmount(900_000, 2), null),
        LedgerPostings.Clicks(Journal, new DayClose(Day, 2, Day.AddDays(2)), "cmp_1", new ChargeAmount(-450_000, -1), "charge:2026-07-30:cmp_1:USD:r1"),
        LedgerPostings.Payment(Journal, "bank 1", 300_000, Day.AddDays(3), "wire"),
    ];

    [Fact]
    public void Entry_OfACharge_HasTheDocumentedBytes() => Assert.Equal(
        "00000019636c69636b66756e63732d6c65646765722d656e7472792d31"
        + "0000000000000000000000000000000000000000000000000000000000000000" + "0000000000000001"
        + "000000066164765fc3b8" + "00000003555344"
        + "0000001e6368617267653a323032362d30372d33303a636d705f313a5553443a7231" + "00000006636861726765"
        + "0000000a323032362d30372d3330" + "0000000a323032362d30372d3330" + "00000005636d705f31"
        + "0000000000000001" + "0000000000000002" + "00000000" + "00000000" + "00000000" + "0000000000000002"
        + "00000015616476657274697365723a6164765fc3b83a555344" + "00000000000dbba0"
        + "0000000b726576656e75653a555344" + "fffffffffff24460",
        Convert.ToHexStringLower(LedgerEncoding.Entry(default, Journal, 1, Postings[0])));

    [Fact]
    public void HashEntry_ChainOfThree_IsTheDocumentedOne()
    {
        string[] expected =
        [
            "e4b06cc1bb071a9eea876ae67943f0f70132a78c8170468b799c91c90d024357",
            "dc3369eb7b0a9c969c11d260e57e495f2277d14bbc90a61748976627da8577f9",
            "28cd571baf27d04af72ad43f59c6838533f6ccbc49fb56fb379a81a9e88ac375",
        ];
        var hash = default(LedgerHash);
        for (var i = 0; i < Postings.Length; i++)
        {
            hash = LedgerEncoding.HashEntry(hash, Journal, i + 1, Postings[i]);
            Assert.Equal(expected[i], hash.ToString());
        }

        var seal = LedgerSeal.Of([new JournalHead(Journal, 3, hash, 150_000)]);
        Assert.Equal("592daef71776dd326bd7eedbca02a8f4fb157b47aa633181b2ae3064585fe3f2", seal.Hash.ToString());
    }

    [Fact]
    public void Content_AnyFieldChanged_Differs()
    {
        var posting = Postings[1];
        LedgerPosting[] changed =
        [
            posting with { EntryId = "x" }, posting with { Kind = LedgerEntryKind.Charge }, posting with { BookedOn = Day }, posting with { ClickDay = null },
            posting with { CampaignId = "x" }, posting with { Revision = 3 }, posting with { Clicks = 0 }, posting with { Corrects = null },
            posting with { Reference = "x" }, posting with { Note = "x" }, posting with { Legs = [posting.Legs[0]] },
            posting with { Legs = [posting.Legs[1], posting.Legs[0]] },
            // The same characters, cut elsewhere.
            posting with { Reference = "ab", Note = "c" }, posting with { Reference = "a", Note = "bc" },
        ];

        Assert.Equal(changed.Length + 1, changed.Append(posting).Select(one => Convert.ToHexString(LedgerEncoding.Content(one))).Distinct().Count());
        Assert.All(changed, one => Assert.NotEqual(posting, one));
        Assert.Equal(posting, posting with { Legs = [.. posting.Legs] });
    }

    [Fact]
    public void LedgerHash_AnyHash_ReadsBack()
    {
        var hash = LedgerHash.Of("x"u8);
        Assert.True(LedgerHash.TryParse(hash.ToString(), out var parsed));
        Assert.Equal(hash, parsed);
        Assert.Equal(hash, LedgerHash.Read(hash.ToArray()));
        Assert.Equal("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", hash.ToString());
        Assert.False(LedgerHash.TryParse(hash.ToString()[1..], out _));
        Assert.False(LedgerHash.TryParse(null, out _));
    }

    [Fact]
    public void SealJson_AnySeal_ReadsBackAndIsRefusedWhenBroken()
    {
        var seal = LedgerSeal.Of([new JournalHead(new JournalId("b\"\n", "USD"), 3, LedgerHash.Of("x"u8), long.MinValue), new JournalHead(Journal, 1, default, 5)]);
        var json = LedgerSealJson.Write(seal);

        var read = LedgerSealJson.Read(json, "seal");

        Assert.True(read.IsIntact);
        Assert.Equal((seal.Hash, seal.Heads.Count), (read.Hash, read.Heads.Count));
        Assert.Equal(seal.Heads, read.Heads);
        foreach (var broken in (string[])["", "[]", "{}", Encoding.UTF8.GetString(json).Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal), Encoding.UTF8.GetString(json)[..^3]])
            Assert.Throws<LedgerCorruptException>(() => LedgerSealJson.Read(Encoding.UTF8.GetBytes(broken), "seal"));
    }
}
