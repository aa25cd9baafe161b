namespace ClickFuncs.Testing.Workflows;

/// <summary>What a plan's node does.</summary>
public enum PlanKind
{
    /// <summary>Calls an activity, which fails a number of times first.</summary>
    Call,

    /// <summary>Waits.</summary>
    Timer,

    /// <summary>One part after the other.</summary>
    Sequence,

    /// <summary>All parts at once.</summary>
    Parallel,

    /// <summary>Its parts, a number at a time.</summary>
    FanOut,

    /// <summary>Its parts as a workflow of their own.</summary>
    Child,
}

/// <summary>A workflow as data, so that random ones can be made.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Key">Names the node in its plan.</param>
/// <param name="Number">Failures of a call before it succeeds, seconds of a timer, width of a fan-out.</param>
/// <param name="Parts">What it is made of.</param>
public sealed record Plan(PlanKind Kind, string Key, int Number, IReadOnlyList<Plan> Parts)
{
    /// <summary>Tries a call has; with as many failures it fails for good.</summary>
    public const int Attempts = 3;

    /// <summary>A random plan.</summary>
    public static Plan Random(Random random) => Make(random, depth: 0, new Counter());

    /// <summary>What it must come to, worked out without any workflow.</summary>
    public string Expected() => Kind switch
    {
        PlanKind.Call => Number < Attempts ? $"{Key} in {Number + 1}" : $"no {Key}",
        PlanKind.Timer => $"{Number}s",
        _ => $"{Kind}({string.Join(',', Parts.Select(part => part.Expected()))})",
    };

    /// <summary>Every call in it.</summary>
    public IEnumerable<Plan> Calls() => Kind == PlanKind.Call ? [this] : Parts.SelectMany(part => part.Calls());

    private static Plan Make(Random random, int depth, Counter counter)
    {
        var key = $"n{counter.Next++}";
        var kind = depth switch
        {
            0 => PlanKind.Sequence,
            > 2 => PlanKind.Call,
            _ => (PlanKind)random.Next(6),
        };
        return kind switch
        {
            PlanKind.Call => new Plan(kind, key, Math.Max(0, random.Next(8) - 4), []),
            PlanKind.Timer => new Plan(kind, key, random.Next(1, 20), []),
            _ => new Plan(kind, key, random.Next(1, 4), [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Make(random, depth + 1, counter))]),
        };
    }

    private sealed class Counter
    {
        public int Next { get; set; }
    }
}
