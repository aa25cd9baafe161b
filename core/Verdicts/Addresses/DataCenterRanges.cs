namespace ClickFuncs.Verdicts.Addresses;

/// <summary>The configured networks of data centres: those of the settings and those of a file.</summary>
internal static class DataCenterRanges
{
    // One is enough to mend a file, a screenful enough to see what kind of file it is.
    private const int MaxProblems = 10;

    /// <summary>Reads all networks; what is wrong is added to the problems as sentences that name setting or line.</summary>
    public static AddressTable Read(VerdictOptions options, List<string> problems)
    {
        var found = new List<string>();
        var ranges = new List<AddressRange>();
        for (var i = 0; i < options.DataCenterRanges.Count; i++)
            Add(options.DataCenterRanges[i], $"{nameof(VerdictOptions.DataCenterRanges)}:{i}", ranges, found);
        if (!string.IsNullOrEmpty(options.DataCenterFile))
            ReadFile(options.DataCenterFile, ranges, found);
        problems.AddRange(found.Take(MaxProblems));
        if (found.Count > MaxProblems)
            problems.Add($"{found.Count - MaxProblems} more networks of data centres are wrong.");
        return new AddressTable(ranges);
    }

    private static void ReadFile(string path, List<AddressRange> ranges, List<string> problems)
    {
        try
        {
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                var text = line.AsSpan(0, line.IndexOf('#', StringComparison.Ordinal) is var comment and >= 0 ? comment : line.Length).Trim();
                if (!text.IsEmpty)
                    Add(text.ToString(), $"Line {number} of {path}", ranges, problems);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"The file of data centres' networks {path} can't be read: {failure.Message} Mend {nameof(VerdictOptions.DataCenterFile)} or leave it out.");
        }
    }

    private static void Add(string text, string where, List<AddressRange> ranges, List<string> problems)
    {
        if (AddressRange.TryParse(text, out var range, out var problem))
            ranges.Add(range);
        else
            problems.Add($"{where}: '{text}' {problem}");
    }
}
