using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Log;

namespace ClickFuncs.Core.Tests.Spool;

/// <summary>The search is compared with reading everything.</summary>
public sealed class LogSearchTests
{
    private const long Begin = 1_782_907_200_000;

    [Fact]
    public async Task Find_RandomLogs_FindsWhatArrivedSinceAndIsThere()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var (log, records) = (new ListLog(), new List<(long ArrivalMs, string Text)>());
            var now = Begin;
            for (var i = 0; i < random.Next(60); i++)
            {
                now += random.Next(3) * random.Next(60_000);
                records.Add((now, $"record {i}"));
                log.Append(now, Encoding.UTF8.GetBytes($"record {i}"));
            }

            log.First = random.Next(records.Count + 1);
            var since = Begin + random.Next(2_000_000);
            var wanted = Enumerable.Range(0, 80).Where(_ => random.Next(2) == 0).Select(i => $"record {i}").ToHashSet();

            var found = await LogSearch.FindAsync(log, new Dictionary<int, IReadOnlySet<Fingerprint>> { [0] = Keys(wanted) }, since, CancellationToken.None);

            // What arrived before may be found or not; what arrived since must be, and nothing else.
            var retained = records.Skip(log.First).Where(record => wanted.Contains(record.Text)).ToList();
            Assert.Superset(Keys(retained.Where(record => record.ArrivalMs >= since).Select(record => record.Text)), found.ToHashSet());
            Assert.Subset(Keys(retained.Select(record => record.Text)), found.ToHashSet());
        }
    }

    private static HashSet<Fingerprint> Keys(IEnumerable<string> texts) => [.. texts.Select(text => LogSearch.KeyOf(Encoding.UTF8.GetBytes(text)))];
}
