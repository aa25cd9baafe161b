using ClickFuncs.Links;

namespace ClickFuncs.Core.Tests.Links;

public sealed class LinkOptionsTests
{
    private static readonly string Secret = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray());

    [Fact]
    public void From_ValidOptions_SignsWithTheActiveKey()
    {
        var options = new LinkOptions { Keys = [new() { Id = 1, Secret = Secret }, new() { Id = 9, Secret = Secret }], ActiveKeyId = 9 };

        Assert.Empty(LinkOptionsRules.Problems(options, TimeSpan.FromHours(24)));
        var ring = LinkKeyRing.From(options);
        Assert.Equal(9, ring.Active.Id);
        Assert.True(ring.TryGet(1, out var key));
        Assert.Equal("link key 1", key.ToString());
    }

    [Fact]
    public void Problems_EverythingWrong_NamesAllAndNoSecret()
    {
        var options = new LinkOptions
        {
            Keys = [new() { Id = 0, Secret = "c2hvcnQ=" }, new() { Id = 2, Secret = "sw0rdfish!" }, new() { Id = 2, Secret = Secret }],
            ActiveKeyId = 3,
            Lifetime = TimeSpan.FromHours(25),
            ClockSkew = TimeSpan.FromHours(-1),
        };

        var problems = LinkOptionsRules.Problems(options, TimeSpan.FromHours(24));

        Assert.Equal(7, problems.Count);
        Assert.DoesNotContain(problems, problem => problem.Contains(Secret, StringComparison.Ordinal)
            || problem.Contains("c2hv", StringComparison.Ordinal) || problem.Contains("sw0rd", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("dedup horizon", StringComparison.Ordinal));
    }

    [Fact]
    public void Ring_TwoKeysOneId_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new LinkKeyRing([LinkSamples.Key(1), LinkSamples.Key(1)], 1));
        Assert.Throws<ArgumentException>(() => new LinkKeyRing([LinkSamples.Key(1)], 2));
        Assert.Throws<ArgumentException>(() => new LinkKey(1, new byte[31]));
    }
}
