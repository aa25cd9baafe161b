using ClickFuncs.Batch.Retirement;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Archive;

/// <summary>
/// Reads every capture file of every hub: that it is whole by its own format, and that the sequence numbers of a partition follow each other
/// through its files. A byte altered within an event does not break the format; whoever has noted a file's digest finds that
/// (see <see cref="LakeDigest"/>).
/// </summary>
public sealed class ArchiveVerifier
{
    private readonly ILake _lake;
    private readonly RetiredArchive? _retired;
    private readonly List<string> _findings = [];
    private readonly Dictionary<(CaptureHub Hub, int Partition), long> _next = [];
    private readonly HashSet<(CaptureHub Hub, int Partition)> _damaged = [];
    private long _files;
    private long _records;
    private long _bytes;

    private ArchiveVerifier(ILake lake, RetiredArchive? retired) => (_lake, _retired) = (lake, retired);

    /// <summary>Reads everything; what is wrong goes to the findings, and reading goes on with the next file.</summary>
    public static async Task<ArchiveVerification> RunAsync(ILake lake, CancellationToken cancellationToken)
    {
        var (retired, problem) = await RetiredArchives.TryFindNewestAsync(lake, cancellationToken);
        var verifier = new ArchiveVerifier(lake, retired);
        if (problem != null)
            verifier._findings.Add(problem);
        // In the order of paths the files of a partition come one after the other, in the order of their intervals.
        await foreach (var file in lake.ListAsync(CaptureHub.Root + "/", cancellationToken))
            await verifier.VerifyAsync(file, cancellationToken);
        return new ArchiveVerification(verifier._findings, verifier._files, verifier._records, verifier._bytes, verifier._next);
    }

    private async Task VerifyAsync(LakeFile file, CancellationToken cancellationToken)
    {
        _files++;
        _bytes += file.Length;
        if (CapturePath.TryParse(file.Path, out var path))
            await VerifyAsync(new CaptureFile(path!, file.Length), cancellationToken);
        else
            _findings.Add($"{file.Path} lies among the capture files, but its name is not that of one. Move it away.");
    }

    private async Task VerifyAsync(CaptureFile file, CancellationToken cancellationToken)
    {
        var partition = (file.Path.Hub, file.Path.Partition);
        try
        {
            var range = await new CaptureCatalog(_lake, file.Path.Hub).ReadRangeAsync(file, cancellationToken);
            _records += range.Count;
            if (range.ProblemAfter(_next.TryGetValue(partition, out var expected) ? expected : FirstKept(file.Path)) is { } problem)
                _findings.Add($"Capture file {file.Path}: {problem}.");
            if (range.Next is { } next)
                _next[partition] = next;
        }
        catch (ArchiveCorruptException failure)
        {
            // What it held is not known, so the next file may begin anywhere: one finding for one damage.
            _findings.Add(failure.Message);
            _next.Remove(partition);
            _damaged.Add(partition);
        }
    }

    // What retention gave up is gone up to a known record, unless it was interrupted and some of it is still there.
    private long? FirstKept(CapturePath path) => _damaged.Contains((path.Hub, path.Partition)) || _retired?.Includes(path) == true
        ? null
        : _retired?.Partitions.FirstOrDefault(partition => partition.Hub == path.Hub && partition.Partition == path.Partition)?.NextSequence;
}
