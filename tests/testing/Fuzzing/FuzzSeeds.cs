using System.Globalization;

namespace ClickFuncs.Testing.Fuzzing;

/// <summary>How many cases a fuzz test runs.</summary>
public static class FuzzSeeds
{
    /// <summary>As many as <c>CLICKFUNCS_SEEDS</c> says, or the given number.</summary>
    public static int Count(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : usual;
}
