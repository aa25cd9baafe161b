using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>
/// Those who click. Each sends events one after the other, again if it does not learn that one is durable, and keeps its own book of what was
/// acknowledged: the only witness that is outside of the system.
/// </summary>
internal sealed class Traffic(SeededScheduler scheduler, LogService log)
{
    private readonly Random _random = scheduler.Random;
    private readonly Dictionary<string, TestEvent> _sent = [];
    private int _active;
    private int _ids;

    /// <summary>Records that were acknowledged, as text of their bytes.</summary>
    public HashSet<string> Acknowledged { get; } = [];

    /// <summary>Whether all have sent all they wanted.</summary>
    public bool IsOver => _active == 0;

    /// <summary>The event behind a record that somebody sent, or null if nobody did.</summary>
    public TestEvent? Find(ReadOnlySpan<byte> record) => _sent.GetValueOrDefault(Convert.ToHexString(record));

    /// <summary>Starts senders.</summary>
    public void Start(int senders, int eventsEach)
    {
        _active = senders;
        for (var i = 0; i < senders; i++)
        {
            var process = new SimulatedProcess(scheduler, FormattableString.Invariant($"sender-{i}"));
            process.Start(() => SendAsync(process, eventsEach));
        }
    }

    private async Task SendAsync(SimulatedProcess process, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await process.DelayAsync(TimeSpan.FromMilliseconds(_random.Next(2000)));
            var e = Next(process.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            var record = e.Encode();
            var key = Convert.ToHexString(record);
            _sent[key] = e;
            for (var attempt = 0; attempt < 4; attempt++)
            {
                try
                {
                    await log.AppendAsync(process, e.Fingerprint, record);
                    Acknowledged.Add(key);
                    break;
                }
                catch (Exception failure) when (failure is LogException or IOException)
                {
                    await process.DelayAsync(TimeSpan.FromMilliseconds(_random.Next(1500)));
                }
            }
        }

        _active--;
    }

    private TestEvent Next(long nowMs)
    {
        // Repeats, of recent and of old ids; late, too late and future ones; what is no event at all.
        var id = _ids > 0 && _random.Next(4) == 0 ? _random.Next(_ids) : _ids++;
        var ad = _random.Next(4);
        var time = _random.Next(40) switch
        {
            0 => nowMs - _random.Next(3_600_000),
            1 => nowMs + _random.Next(900_000),
            < 8 => nowMs - _random.Next(120_000),
            _ => nowMs - _random.Next(3000),
        };
        return new TestEvent
        {
            ClickId = FormattableString.Invariant($"clk_{id}"),
            TimeMs = time,
            Type = _random.Next(12) switch { 0 => EventType.Impression, 1 => EventType.Conversion, 2 => EventType.NonClick, _ => EventType.Click },
            CostMicros = _random.Next(1_000_000),
            Ip = _random.Next(3) == 0 ? "192.0.2.1" : "",
            UserId = _random.Next(3) == 0 ? "usr_1" : "",
            Verdict = _random.Next(12) == 0 ? new Verdict(VerdictTier.Invalid, VerdictReasons.KnownBot) : default,
            OverBudget = _random.Next(12) == 0,
            Key = new TestEvent().Key with
            {
                AdvertiserId = FormattableString.Invariant($"adv_{ad % 2}"),
                CampaignId = FormattableString.Invariant($"cmp_{ad % 3}"),
                AdId = FormattableString.Invariant($"ad_{ad}"),
                Country = _random.Next(2) == 0 ? "NO" : "",
            },
            NonClickReason = default,
            Raw = _random.Next(50) == 0 ? [1, 2, (byte)_random.Next(256), (byte)_random.Next(256)] : null,
        };
    }
}
