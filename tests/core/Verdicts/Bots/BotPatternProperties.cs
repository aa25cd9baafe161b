using System.Text;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Core.Tests.Verdicts.Bots;

/// <summary>
/// Patterns made up from all the syntax that a list may use, over so few letters that texts match by chance: what
/// is not refused must match what the regular expressions match. Seeds are consecutive; more of them: CLICKFUNCS_SEEDS.
/// </summary>
public sealed class BotPatternProperties
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 100;

    [Fact]
    public void IsMatch_PatternsOfAnyShape_AgreesWithTheRegularExpressions()
    {
        var (exact, confirmed, refused) = (0, 0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var patterns = new List<string>();
            while (patterns.Count < 3)
            {
                var pattern = Alternatives(random, 2);
                try
                {
                    _ = BotPatternParser.Parse(pattern).IsExact ? exact++ : confirmed++;
                    patterns.Add(pattern);
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }

            var bots = new KnownBots(patterns);
            var naive = new NaiveBots(patterns);
            for (var i = 0; i < 40; i++)
            {
                var text = Encoding.UTF8.GetBytes(Text(random, random.Next(16)));
                Assert.True(naive.IsMatch(text) == bots.IsMatch(text), $"Seed {seed}: '{Encoding.UTF8.GetString(text)}' and the patterns {string.Join("  ", patterns)}");
            }
        }

        Assert.True(exact > Seeds / 4 && confirmed > Seeds / 4, $"{exact} exact, {confirmed} confirmed, {refused} refused: one kind hardly occurred.");
    }

    private static string Alternatives(Random random, int depth) =>
        string.Join('|', Enumerable.Range(0, random.Next(4) == 0 ? 2 : 1).Select(_ => Sequence(random, depth)));

    private static string Sequence(Random random, int depth)
    {
        var sequence = new StringBuilder(random.Next(6) == 0 ? "^" : "");
        for (var i = random.Next(1, 5); i > 0; i--)
            sequence.Append(Item(random, depth));
        return sequence.Append(random.Next(8) == 0 ? "$" : "").ToString();
    }

    private static string Item(Random random, int depth) => random.Next(16) switch
    {
        0 => "[ab]",
        1 => "[^a]",
        2 => "[a-b]",
        3 => "[\\]a]",
        4 => ".",
        5 => "\\d",
        6 => "[\\s\\S]*",
        7 => "b" + "?*+"[random.Next(3)],
        8 => "a{2}",
        9 => "(^|b)",
        10 when depth > 0 => $"({Alternatives(random, depth - 1)})" + (random.Next(3) == 0 ? "?" : ""),
        11 => "\\/",
        _ => Text(random, random.Next(1, 4)).Replace("/", "\\/", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal),
    };

    private static string Text(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => "aaabbb1/]\n"[random.Next(10)])]);
}
