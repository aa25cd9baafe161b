using System.Reflection;
using System.Text.RegularExpressions;
using ClickFuncs.EndToEnd.Tests;

namespace ClickFuncs.Browser.Tests;

/// <summary>The dashboard's own unit tests, which Node runs.</summary>
public sealed partial class WebUnitTests
{
    internal static string Folder { get; } =
        typeof(WebUnitTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "WebFolder").Value!;

    [Fact]
    public async Task Run_AllUnitTestsOfTheDashboard_Pass()
    {
        var result = await Cli.RunScriptAsync(Path.Combine(Folder, "test.mjs"));

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        Assert.Matches(Passed(), result.Output);
    }

    [GeneratedRegex(@"^# pass [1-9]\d*$", RegexOptions.Multiline)]
    private static partial Regex Passed();
}
