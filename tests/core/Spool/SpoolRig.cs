using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Spool;
using ClickFuncs.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Core.Tests.Spool;

/// <summary>A log, a spool, and a process in front of them that can be replaced as by a crash.</summary>
internal sealed class SpoolRig
{
    private static readonly SpoolOptions Options = new();

    public SpoolRig(long limitBytes = long.MaxValue)
    {
        (Log, Spool) = (new ScriptedLog(Clock), new InMemorySpool(Clock, limitBytes));
        (Clicks, Drain) = Start();
    }

    public ManualClock Clock { get; } = new();

    public ScriptedLog Log { get; }

    public InMemorySpool Spool { get; }

    public SpoolingClickLog Clicks { get; private set; }

    public SpoolDrain Drain { get; private set; }

    /// <summary>The texts that wait in the spool.</summary>
    public IReadOnlyList<string> Spooled =>
        [.. Spool.Entries.Select(entry => Encoding.UTF8.GetString(SpoolEntry.Read(entry, out _, out _)))];

    /// <summary>The process dies, and another takes its place.</summary>
    public void Restart() => (Clicks, Drain) = Start();

    public Task<LogPosition> Append(string text)
    {
        var record = Encoding.UTF8.GetBytes(text);
        return Clicks.AppendAsync(Fingerprint.Of(EventType.Click, record), record, CancellationToken.None).AsTask();
    }

    /// <summary>Lets so much time pass that whatever was under way is overdue.</summary>
    public void PassDeadline()
    {
        for (var i = 0; i < 7; i++)
        {
            Clock.Advance(Clicks.SweepInterval);
            Clicks.Sweep();
        }
    }

    public Task<DrainStep> DrainOnce() => Drain.DrainOnceAsync(CancellationToken.None);

    private (SpoolingClickLog Clicks, SpoolDrain Drain) Start()
    {
        var clicks = new SpoolingClickLog(Log, Spool, Options, Clock, NullLogger<SpoolingClickLog>.Instance);
        return (clicks, new SpoolDrain(clicks, Log, Log, Spool, Options, Clock, NullLogger<SpoolDrain>.Instance));
    }
}
