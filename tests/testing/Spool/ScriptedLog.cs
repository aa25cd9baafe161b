using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Testing.Spool;

/// <summary>A log of one partition that answers as a test says. It outlives whoever uses it, as a disk does.</summary>
public sealed class ScriptedLog(TimeProvider time) : IClickLog, ILogReader
{
    private readonly List<(long ArrivalMs, byte[] Record)> _records = [];
    private readonly List<(byte[] Record, TaskCompletionSource<LogPosition> Answer)> _held = [];

    /// <summary>When set, appends are refused at once.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Appends are kept waiting.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Appends that still succeed before <see cref="Refusal"/> is set.</summary>
    public int? SucceedsFor { get; set; }

    public int PartitionCount => 1;

    /// <summary>What is on it.</summary>
    public IReadOnlyList<string> Texts => [.. _records.Select(record => Encoding.UTF8.GetString(record.Record))];

    /// <summary>Appends that wait.</summary>
    public int Held => _held.Count;

    public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
    {
        if (SucceedsFor is { } left)
        {
            SucceedsFor = left - 1;
            if (left == 0)
                (SucceedsFor, Refusal) = (null, new LogUnavailableException("full"));
        }

        if (Refusal is not null)
            return ValueTask.FromException<LogPosition>(Refusal);
        if (!IsStalled)
            return ValueTask.FromResult(Write(record.ToArray()));
        var answer = new TaskCompletionSource<LogPosition>();
        _held.Add((record.ToArray(), answer));
        return new ValueTask<LogPosition>(answer.Task);
    }

    /// <summary>Answers what waits.</summary>
    /// <param name="isWritten">Whether it is on the log.</param>
    /// <param name="failure">What the callers are told; null: that it is durable.</param>
    public void Answer(bool isWritten, Exception? failure = null)
    {
        var held = _held.ToArray();
        _held.Clear();
        foreach (var (record, answer) in held)
        {
            var position = isWritten ? Write(record) : default;
            if (failure is null)
                answer.SetResult(position);
            else
                answer.SetException(failure);
        }
    }

    public LogRange GetRange(int partition) => new(0, _records.Count);

    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        batch.Clear();
        for (var i = (int)fromSequence; i < _records.Count && (batch.Count == 0 || batch.ByteCount < maxBytes); i++)
            batch.Add(i, _records[i].ArrivalMs, _records[i].Record);
        return ValueTask.CompletedTask;
    }

    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

    private LogPosition Write(byte[] record)
    {
        _records.Add((time.GetUtcNow().ToUnixTimeMilliseconds(), record));
        return new LogPosition(0, _records.Count - 1);
    }
}
