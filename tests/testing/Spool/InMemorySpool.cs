using ClickFuncs.Log;
using ClickFuncs.Spool;

namespace ClickFuncs.Testing.Spool;

/// <summary>A spool in memory, for tests of what uses one. It outlives whoever uses it, as a disk does.</summary>
public sealed class InMemorySpool(TimeProvider time, long limitBytes = long.MaxValue) : ISpool
{
    private readonly Lock _lock = new();
    private readonly List<(long ArrivalMs, byte[] Entry)> _entries = [];
    private long _bytes;
    private int _next;

    /// <summary>When set, appending fails with it, and nothing is written.</summary>
    public SpoolRefusedException? Refusal { get; set; }

    /// <summary>When set, removing fails with it, and nothing is removed.</summary>
    public SpoolRefusedException? RemoveFailure { get; set; }

    /// <summary>When set, appends are answered when it completes.</summary>
    public Task? Answer { get; set; }

    public SpoolSize Size
    {
        get
        {
            lock (_lock)
                return new SpoolSize(_entries.Count - _next, _bytes, limitBytes);
        }
    }

    /// <summary>The entries that wait.</summary>
    public IReadOnlyList<byte[]> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries.Skip(_next).Select(entry => entry.Entry)];
        }
    }

    public ValueTask AppendAsync(ReadOnlySpan<byte> entry, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Refusal is not null)
                return ValueTask.FromException(Refusal);
            if (_bytes >= limitBytes)
                return ValueTask.FromException(new SpoolRefusedException("The spool is at its limit.") { IsUntouched = true });
            _entries.Add((time.GetUtcNow().ToUnixTimeMilliseconds(), entry.ToArray()));
            _bytes += entry.Length;
        }

        return Answer is null ? ValueTask.CompletedTask : new ValueTask(Answer);
    }

    public ValueTask ReadAsync(int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        batch.Clear();
        lock (_lock)
        {
            for (var i = _next; i < _entries.Count && (batch.Count == 0 || batch.ByteCount < maxBytes); i++)
                batch.Add(i, _entries[i].ArrivalMs, _entries[i].Entry);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(long sequence, CancellationToken cancellationToken)
    {
        if (RemoveFailure is not null)
            return ValueTask.FromException(RemoveFailure);
        lock (_lock)
            _next = Math.Max(_next, (int)sequence + 1);
        return ValueTask.CompletedTask;
    }
}
