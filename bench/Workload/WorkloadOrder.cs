namespace ClickFuncs.Bench.Workload;

/// <summary>Which event stands on which line. Events are numbered from 0 and the first ones are the late ones.</summary>
internal sealed class WorkloadOrder
{
    private readonly int[] _lines;

    private WorkloadOrder(int[] lines, int late) => (_lines, Late) = (lines, late);

    /// <summary>How many events are late: those with a number below this.</summary>
    public int Late { get; }

    /// <summary>How many different events there are.</summary>
    public int Unique { get; private init; }

    /// <summary>Event number by line.</summary>
    public ReadOnlySpan<int> Lines => _lines;

    /// <summary>Lays out the file: every event once, the repeats, all shuffled, and no late one among the first lines.</summary>
    public static WorkloadOrder Create(WorkloadOptions options)
    {
        var random = new WorkloadRandom(options.Seed, ulong.MaxValue);
        var unique = (int)(options.Events - ((long)options.Events * options.DuplicatesPerMille / 1000));
        var late = (int)((long)unique * options.LatePerMille / 1000);
        var lines = new int[options.Events];
        for (var line = 0; line < lines.Length; line++)
            lines[line] = line < unique ? line : random.Below(unique);

        for (var line = lines.Length - 1; line > 0; line--)
        {
            var other = random.Below(line + 1);
            (lines[line], lines[other]) = (lines[other], lines[line]);
        }

        for (var line = 0; line < Math.Min(WorkloadOptions.PunctualLines, lines.Length); line++)
        {
            while (lines[line] < late)
            {
                var other = WorkloadOptions.PunctualLines + random.Below(lines.Length - WorkloadOptions.PunctualLines);
                (lines[line], lines[other]) = (lines[other], lines[line]);
            }
        }

        return new WorkloadOrder(lines, late) { Unique = unique };
    }
}
