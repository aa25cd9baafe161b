using System.Globalization;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>How much the tests do. The defaults keep the whole project short; environment variables raise them for a longer look.</summary>
internal static class TestSize
{
    /// <summary>Lines of the file that is compared with the independent count: <c>CLICKFUNCS_LINES</c>, 1,000 to 1,000,000. Default 60,000.</summary>
    public static int Lines { get; } = Read("CLICKFUNCS_LINES", 60_000, 1_000, 1_000_000);

    /// <summary>How often a test kills what it tests: <c>CLICKFUNCS_ROUNDS</c>, 1 to 1,000. Default 5.</summary>
    public static int Rounds { get; } = Read("CLICKFUNCS_ROUNDS", 5, 1, 1_000);

    private static int Read(string name, int otherwise, int least, int most)
    {
        var text = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(text))
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new InvalidOperationException($"{name} is '{text}'; it must be a number from {least} to {most}.");
    }
}
