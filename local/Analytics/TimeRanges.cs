namespace ClickFuncs.Local.Analytics;

/// <summary>Set algebra on ranges of time. Results are ascending, disjoint, not empty, and never touch each other. Pure.</summary>
internal static class TimeRanges
{
    /// <summary>The union of ranges in any order.</summary>
    internal static List<TimeRange> Union(IEnumerable<TimeRange> ranges)
    {
        var union = new List<TimeRange>();
        foreach (var range in ranges.Where(range => !range.IsEmpty).OrderBy(range => range.FromMs))
        {
            if (union.Count > 0 && range.FromMs <= union[^1].ToMs)
                union[^1] = union[^1] with { ToMs = Math.Max(union[^1].ToMs, range.ToMs) };
            else
                union.Add(range);
        }

        return union;
    }

    /// <summary>What is in both.</summary>
    internal static List<TimeRange> Intersect(IReadOnlyList<TimeRange> left, IReadOnlyList<TimeRange> right)
    {
        var both = new List<TimeRange>();
        for (int i = 0, j = 0; i < left.Count && j < right.Count;)
        {
            var part = left[i].Intersect(right[j]);
            if (!part.IsEmpty)
                both.Add(part);
            if (left[i].ToMs < right[j].ToMs)
                i++;
            else
                j++;
        }

        return both;
    }

    /// <summary>What is in the first and not in the second.</summary>
    internal static List<TimeRange> Subtract(IReadOnlyList<TimeRange> from, IReadOnlyList<TimeRange> remove)
    {
        var rest = new List<TimeRange>();
        var next = 0;
        foreach (var range in from)
        {
            var start = range.FromMs;
            while (next < remove.Count && remove[next].ToMs <= start)
                next++;
            for (var i = next; i < remove.Count && remove[i].FromMs < range.ToMs; i++)
            {
                if (start < remove[i].FromMs)
                    rest.Add(new TimeRange(start, remove[i].FromMs));
                start = Math.Max(start, remove[i].ToMs);
            }

            if (start < range.ToMs)
                rest.Add(new TimeRange(start, range.ToMs));
        }

        return rest;
    }

    /// <summary>Whether a range has times in common with ranges that are ascending and disjoint.</summary>
    internal static bool Overlap(IReadOnlyList<TimeRange> ranges, TimeRange range)
    {
        var (low, high) = (0, ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].ToMs <= range.FromMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low < ranges.Count && ranges[low].FromMs < range.ToMs;
    }
}
