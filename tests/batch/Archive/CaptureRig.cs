using System.Diagnostics;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Log;
using ClickFuncs.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>One partition of a log that is archived in a lake in memory, on a clock that the test moves.</summary>
internal sealed class CaptureRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public CaptureRig(ArchiveOptions? options = null)
    {
        Options = options ?? new ArchiveOptions();
        Capture = NewCapture();
    }

    public ArchiveOptions Options { get; }

    public ManualClock Clock { get; } = new();

    public ListLog Log { get; } = new();

    public InMemoryLake Lake { get; } = new();

    public ArchiveCapture Capture { get; private set; }

    public PartitionCapture Partition => Capture.Partitions[0];

    public CaptureCatalog Catalog => new(Lake, Options.ToHub());

    /// <summary>Appends records of random length.</summary>
    public void Append(Random random, int count)
    {
        foreach (var (_, body) in CaptureFiles.Random(random, count, maxBody: 300))
            Log.Append(Clock.GetUtcNow().ToUnixTimeMilliseconds(), body);
    }

    public void Start() => _running = Capture.RunAsync(_stopping.Token);

    /// <summary>Stops as a host does that is told to.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        Capture = NewCapture();
    }

    /// <summary>Stops as a host does that is killed: what has no name yet never gets one.</summary>
    public async Task KillAsync()
    {
        Lake.BeforeNaming = _ => throw new IOException("Killed.");
        await StopAsync();
        Lake.BeforeNaming = null;
    }

    /// <summary>Lets time pass until something has happened.</summary>
    public async Task AdvanceUntilAsync(Func<bool> happened, string what)
    {
        for (var started = Stopwatch.GetTimestamp(); !happened();)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"It did not come to pass: {what}.");
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    /// <summary>Everything that is archived, file by file.</summary>
    public async Task<List<(CaptureFile File, List<CapturedEvent> Events)>> ReadAsync()
    {
        var files = new List<(CaptureFile, List<CapturedEvent>)>();
        await foreach (var file in Catalog.ListAsync(0, null, CancellationToken.None))
            files.Add((file, await CapturedEvent.ReadAllAsync(Lake[file.Path.ToString()])));
        return files;
    }

    /// <summary>Holds the archive to its promise: each record of the log up to a position is in one file, in order, as it was.</summary>
    public async Task RequireArchivedAsync(long first, long last, string because)
    {
        var archived = (await ReadAsync()).SelectMany(f => f.Events).ToList();
        Assert.True(archived.Count == last - first + 1, $"{because}: {archived.Count} records are archived, not {last - first + 1}.");
        var batch = new ClickFuncs.Log.RecordBatch();
        await Log.ReadAsync(0, first, int.MaxValue, batch, CancellationToken.None);
        for (var i = 0; i < archived.Count; i++)
        {
            var expected = (first + i, batch.Entries[i].ArrivalMs, Convert.ToHexString(batch.GetRecord(i)));
            Assert.True(expected == (archived[i].Sequence, archived[i].EnqueuedMs, archived[i].Body), $"{because}: record {first + i} is not archived as it was.");
        }

        var verification = await ArchiveVerifier.RunAsync(Lake, CancellationToken.None);
        Assert.True(verification.Findings.Count == 0, $"{because}: {string.Join(' ', verification.Findings)}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private ArchiveCapture NewCapture() => new(Log, Lake, Options, Clock, NullLogger<ArchiveCapture>.Instance);
}
