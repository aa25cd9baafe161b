using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Recount;

/// <summary>Which files it takes to count a day up to a cut. The same cut gives the same plan, however many parts were made after it.</summary>
public sealed class RecountPlan
{
    private readonly List<(PartFile File, HashRange Range, bool CanExplain)> _files = [];
    private readonly Dictionary<int, long> _lastSequences;
    private readonly SortedSet<int> _cutPartitions = [];
    private readonly DayCut _cut;

    private RecountPlan(int day, DayCut cut, int memoryDays)
    {
        Day = day;
        _cut = cut;
        MemoryDays = memoryDays;
        _lastSequences = cut.Partitions.ToDictionary(partition => partition.Partition, partition => partition.LastSequence);
    }

    /// <summary>Number of buckets to count the day in: that of the part with the most.</summary>
    public int Buckets { get; private set; } = 1;

    /// <summary>Whether there may be events of the day up to the cut.</summary>
    public bool HasEvents => DayFiles(new HashRange(0, 1)).Any();

    internal int Day { get; }

    /// <summary>Days before the day of which every record that the stream saw is looked at, whatever its event time.</summary>
    internal int MemoryDays { get; }

    /// <summary>Whether there is nothing in the archive before what is looked at.</summary>
    internal bool ReachesBeginning { get; private set; } = true;

    /// <summary>Stream time from which on every record is looked at.</summary>
    internal long MemoryStartMs => ReachesBeginning ? long.MinValue : EventDays.StartMs(Day - MemoryDays);

    /// <summary>Partitions of which there are records after the cut in the files, with the last that counts.</summary>
    internal IEnumerable<(int Partition, long LastSequence)> CutPartitions => _cutPartitions.Select(partition => (partition, LastSequence(partition)));

    /// <summary>Reads the manifests it takes, the newest first.</summary>
    /// <exception cref="CutNotCompactedException">The parts do not reach the cut.</exception>
    /// <exception cref="PartsMismatchException">A part was made with another future tolerance than the policy's, or a partition is in two slices.</exception>
    public static Task<RecountPlan> LoadAsync(ILake lake, DateOnly day, DayCut cut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cut);
        return LoadAsync(lake, day, cut, cut.Policy.MemoryDays, cancellationToken);
    }

    internal static async Task<RecountPlan> LoadAsync(
        ILake lake, DateOnly day, DayCut cut, int memoryDays, CancellationToken cancellationToken)
    {
        var plan = new RecountPlan(EventDays.Of(day), cut, memoryDays);
        var manifests = new PartManifests(lake);
        var compacted = new Dictionary<int, (long Next, string Slice)>();
        var earliest = EventDays.StartMs(plan.Day - Math.Max(memoryDays, cut.Policy.LookBackDays));
        foreach (var slice in await manifests.ListSlicesAsync(cancellationToken))
        {
            await foreach (var part in manifests.ReadBackAsync(slice, cancellationToken))
            {
                foreach (var range in part.Partitions)
                    Note(compacted, range, slice);
                // Stream time never goes back, and no event is later than its stream time: what comes before is earlier still.
                if (part.Partitions.All(range => range.StreamTimeAfterMs is not { } after || after < earliest))
                {
                    plan.ReachesBeginning = false;
                    break;
                }

                plan.Add(part);
            }
        }

        foreach (var partition in cut.Partitions)
        {
            if (compacted.GetValueOrDefault(partition.Partition).Next is var next && next <= partition.LastSequence)
                throw new CutNotCompactedException(partition.Partition, partition.LastSequence, next);
        }

        return plan;
    }

    /// <summary>Files with events of the day in a share of the hashes; they may hold others too.</summary>
    internal IEnumerable<PartFile> DayFiles(HashRange range) =>
        from entry in _files
        where entry.Range.Intersects(range) && entry.File.FirstDay <= Day && entry.File.LastDay >= Day
        select entry.File;

    /// <summary>Files with events of other days that may be copies of the day's.</summary>
    internal IEnumerable<PartFile> OtherFiles(HashRange range) =>
        from entry in _files
        where entry.Range.Intersects(range) && !(entry.File.FirstDay == Day && entry.File.LastDay == Day)
            && (entry.CanExplain || (entry.File.FirstDay < Day && entry.File.LastDay >= Day - _cut.Policy.LookBackDays))
        select entry.File;

    /// <summary>Files with events of some days.</summary>
    internal IEnumerable<PartFile> FilesOf(HashRange range, int firstDay, int lastDay) =>
        from entry in _files
        where entry.Range.Intersects(range) && entry.File.FirstDay <= lastDay && entry.File.LastDay >= firstDay
        select entry.File;

    /// <summary>Whether all files hold exactly this share, or less: then nothing of another share has to be left out.</summary>
    internal bool IsWhole(HashRange range) => _files.All(entry => !entry.Range.Intersects(range) || range.Contains(entry.Range));

    private static void Note(Dictionary<int, (long Next, string Slice)> compacted, PartRange range, string slice)
    {
        var (next, owner) = compacted.GetValueOrDefault(range.Partition, (0, slice));
        if (owner != slice)
            throw new PartsMismatchException(
                $"Partition {range.Partition} is compacted in the slices {owner} and {slice}, so its events are there twice: remove the manifests of the slice that is not wanted.");
        compacted[range.Partition] = (Math.Max(range.NextSequence, next), slice);
    }

    private void Add(PartManifest part)
    {
        if (part.FutureToleranceMs != _cut.Policy.FutureToleranceMs)
            throw new PartsMismatchException(
                $"Part {part.Path} was made with a future tolerance of {part.FutureToleranceMs} ms, the policy says {_cut.Policy.FutureToleranceMs} ms: count with the policy that the part was made with.");
        if (part.Partitions.All(range => range.FirstSequence > LastSequence(range.Partition) || range.FirstSequence == range.NextSequence))
            return;
        foreach (var range in part.Partitions.Where(range => range.NextSequence - 1 > LastSequence(range.Partition)))
            _cutPartitions.Add(range.Partition);
        if (part.Files.Any(file => file.FirstDay <= Day && file.LastDay >= Day))
            Buckets = Math.Max(Buckets, part.Buckets);
        // Files of whatever day are worth a look where the stream may have seen a copy that it remembered when one of the day came in time.
        var canExplain = part.Partitions.Any(range =>
            range.StreamTimeAfterMs >= EventDays.StartMs(Day - MemoryDays) && (range.StreamTimeBeforeMs ?? long.MinValue) <= _cut.Policy.WindowsEndMs(Day));
        foreach (var file in part.Files.Where(file => file.Bucket >= 0))
            _files.Add((file, new HashRange(file.Bucket, part.Buckets), canExplain));
    }

    private long LastSequence(int partition) => _lastSequences.GetValueOrDefault(partition, -1);
}
