namespace ClickFuncs.Browser.Tests;

/// <summary>Where tests leave what is to be looked at: paths in environment variables.</summary>
internal static class OutputFile
{
    /// <summary>The path in a variable, relative to where the command was run, which the test runner tells by <c>PWD</c>; null without it.</summary>
    public static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path
        ? Path.Combine(Environment.GetEnvironmentVariable("PWD") ?? "", path)
        : null;
}
