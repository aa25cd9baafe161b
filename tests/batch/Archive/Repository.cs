namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>Where the sources lie, for tests that need files which are not copied beside them.</summary>
internal static class Repository
{
    private const string Solution = "ClickFuncs.sln";

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, Solution)))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException($"There is no {Solution} above {AppContext.BaseDirectory}.");
    }
}
