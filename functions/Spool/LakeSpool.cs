using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Spool;

namespace ClickFuncs.Functions.Spool;

/// <summary>
/// A spool in storage: small files, each written whole or not at all. Entries that come while a file is being written go into the next one
/// together, so the pace is storage's and the number of files bounded. One owner appends; one drain, the owner's or, when that is gone, another's, removes.
/// </summary>
public sealed class LakeSpool : ISpool
{
    // A batch of the drain is a file or a few.
    private const int MaxFileBytes = SpoolDrain.BatchBytes;

    private readonly ILake _lake;
    private readonly string _owner;
    private readonly long _limit;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<Waiting> _pending = [];
    private List<LakeFileOf> _files;
    private long _drained;
    private long _next;
    private long _lastMs;
    private long _pendingBytes;
    private bool _isWriting;
    private bool _isUnsure;

    private LakeSpool(ILake lake, string owner, long limitBytes, TimeProvider time)
    {
        (_lake, _owner, _limit, _time) = (lake, owner, limitBytes, time);
        (_files, _drained) = ([], -1);
    }

    /// <inheritdoc/>
    /// <remarks>What is being written is no part of it yet.</remarks>
    public SpoolSize Size
    {
        get
        {
            lock (_gate)
                return new SpoolSize(_files.Sum(file => file.Name.Last - Math.Max(_drained, file.Name.Number - 1)), _files.Sum(file => file.Bytes), _limit);
        }
    }

    /// <summary>When the oldest entry that waits came, milliseconds since the Unix epoch; null when none waits.</summary>
    public long? OldestMs
    {
        get
        {
            lock (_gate)
                return _files.Count == 0 ? null : _files[0].Name.TimeMs;
        }
    }

    /// <summary>Opens an owner's spool; there need be none yet.</summary>
    /// <param name="lake">Where spools are.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="limitBytes">Bytes at which it refuses.</param>
    /// <param name="time">Dates entries.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public static async Task<LakeSpool> OpenAsync(ILake lake, string owner, long limitBytes, TimeProvider time, CancellationToken cancellationToken)
    {
        var spool = new LakeSpool(lake, owner, limitBytes, time);
        await spool.LookAsync(cancellationToken);
        return spool;
    }

    /// <summary>The spool of an owner that is new: nothing is looked for.</summary>
    public static LakeSpool OfNewOwner(ILake lake, string owner, long limitBytes, TimeProvider time) => new(lake, owner, limitBytes, time);

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlySpan<byte> entry, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (_gate)
        {
            if (_files.Sum(file => file.Bytes) + _pendingBytes >= _limit)
                return ValueTask.FromException(new SpoolRefusedException(FormattableString.Invariant($"The spool {_owner} is at its limit of {_limit} bytes.")) { IsUntouched = true });
            _lastMs = Math.Max(_lastMs, _time.GetUtcNow().ToUnixTimeMilliseconds());
            waiting = new Waiting(_lastMs, entry.ToArray(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _pending.Add(waiting);
            _pendingBytes += SpoolFile.HeaderBytes + entry.Length;
            if (!_isWriting)
            {
                _isWriting = true;
                _ = Task.Run(WriteAsync, CancellationToken.None);
            }
        }

        return new ValueTask(waiting.Done.Task);
    }

    /// <inheritdoc/>
    public async ValueTask ReadAsync(int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        if (Volatile.Read(ref _isUnsure))
            await LookAsync(cancellationToken);
        LakeFileOf[] files;
        lock (_gate)
            files = [.. _files];
        foreach (var file in files)
        {
            if (batch.Count > 0 && batch.ByteCount >= maxBytes)
                return;
            SpoolFile.Read(file.Name, await ReadAsync(file, cancellationToken), _drained, maxBytes, batch);
        }
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence <= Interlocked.Read(ref _drained))
            return;
        LakeFileOf[] gone;
        bool isCut;
        lock (_gate)
        {
            gone = [.. _files.Where(file => file.Name.Last <= sequence)];
            isCut = _files.Exists(file => file.Name.Number <= sequence && file.Name.Last > sequence);
        }

        try
        {
            // What a file is cut by is noted first: from then on all before it is drained, whether deleted or not.
            if (isCut)
                await _lake.CreateAsync($"{SpoolName.Drained(_owner, sequence)}", ReadOnlyMemory<byte>.Empty, cancellationToken);
            foreach (var file in gone)
                await _lake.DeleteAsync($"{file.Name}", cancellationToken);
            if (Interlocked.Read(ref _drained) is >= 0 and var before)
                await _lake.DeleteAsync($"{SpoolName.Drained(_owner, before)}", cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new SpoolRefusedException($"The spool {_owner} can't note what is drained: {failure.Message}", failure);
        }

        lock (_gate)
        {
            _files.RemoveAll(file => file.Name.Last <= sequence);
            _drained = sequence;
        }
    }

    private async Task WriteAsync()
    {
        while (Take(out var first) is { Count: > 0 } taken)
        {
            var bytes = taken.Sum(waiting => (long)SpoolFile.HeaderBytes + waiting.Entry.Length);
            try
            {
                // Within: whatever fails, nobody is left waiting and the next ones are written.
                var content = SpoolFile.Write([.. taken.Select(waiting => (waiting.ArrivalMs, waiting.Entry))]);
                var name = SpoolName.Entries(_owner, first, taken.Count, taken[0].ArrivalMs);
                if (!await _lake.CreateAsync($"{name}", content, CancellationToken.None))
                    throw new SpoolRefusedException($"Somebody else writes to the spool {_owner}.");
                lock (_gate)
                {
                    _files.Add(new LakeFileOf(name, content.Length));
                    _pendingBytes -= bytes;
                }

                taken.ForEach(waiting => waiting.Done.TrySetResult());
            }
            catch (Exception failure)
            {
                // It may have been written all the same: the next reader looks.
                Volatile.Write(ref _isUnsure, true);
                lock (_gate)
                    _pendingBytes -= bytes;
                var refusal = failure as SpoolRefusedException ?? new SpoolRefusedException($"The spool {_owner} can't be written: {failure.Message}", failure);
                taken.ForEach(waiting => waiting.Done.TrySetException(refusal));
            }
        }
    }

    // Numbers are never given twice, whatever becomes of the write.
    private List<Waiting> Take(out long first)
    {
        lock (_gate)
        {
            var (count, bytes) = (0, 0L);
            while (count < _pending.Count && (count == 0 || bytes + _pending[count].Entry.Length <= MaxFileBytes))
                bytes += SpoolFile.HeaderBytes + _pending[count++].Entry.Length;
            var taken = _pending.GetRange(0, count);
            _pending.RemoveRange(0, count);
            _isWriting = count > 0;
            first = _next;
            _next += count;
            return taken;
        }
    }

    // A file that is gone was drained by whoever took this owner for dead.
    private async Task<byte[]> ReadAsync(LakeFileOf file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await _lake.OpenReadAsync($"{file.Name}", cancellationToken);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, cancellationToken);
            return content.ToArray();
        }
        catch (LakeFileMissingException missing)
        {
            Volatile.Write(ref _isUnsure, true);
            throw new LogUnavailableException($"Spool file {file.Name} is gone: somebody else drains this spool. Looking again.", missing);
        }
        catch (Exception failure) when (failure is not LogException && (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
        {
            throw new LogUnavailableException($"Spool file {file.Name} can't be read: {failure.Message}", failure);
        }
    }

    // Finds out what is there.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isUnsure, false);
        var (files, drained) = (new List<LakeFileOf>(), -1L);
        try
        {
            await foreach (var file in _lake.ListAsync($"{_owner}.", cancellationToken))
            {
                var name = SpoolName.Read(file.Path);
                if (name?.Kind == SpoolNameKind.Entries)
                    files.Add(new LakeFileOf(name, file.Length));
                else if (name?.Kind == SpoolNameKind.Drained)
                    drained = Math.Max(drained, name.Number);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _isUnsure, true);
            throw new LogUnavailableException($"The spool {_owner} can't be listed: {failure.Message}", failure);
        }

        lock (_gate)
        {
            // What was written since the listing is known here and not there.
            var seen = files.Select(file => file.Name.Number).ToHashSet();
            var newer = _files.Where(file => !seen.Contains(file.Name.Number) && file.Name.Number > files.Select(found => found.Name.Number).DefaultIfEmpty(-1).Max());
            _files = [.. files.Concat(newer).Where(file => file.Name.Last > drained).OrderBy(file => file.Name.Number)];
            _drained = Math.Max(_drained, drained);
            _next = Math.Max(_next, Math.Max(_drained, _files.Count == 0 ? -1 : _files[^1].Name.Last) + 1);
        }
    }

    private sealed record Waiting(long ArrivalMs, byte[] Entry, TaskCompletionSource Done);

    private sealed record LakeFileOf(SpoolName Name, long Bytes);
}
