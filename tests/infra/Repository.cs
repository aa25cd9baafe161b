namespace ClickFuncs.Infra.Tests;

/// <summary>Where the sources lie.</summary>
internal static class Repository
{
    private const string Solution = "ClickFuncs.sln";

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder of it.</summary>
    public static string PathOf(params string[] names) => Path.Combine([Root, .. names]);

    /// <summary>The text of a file.</summary>
    public static string Read(params string[] names) => File.ReadAllText(PathOf(names));

    /// <summary>The files below a folder, without what builds leave there.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories).Where(IsSource).Order(StringComparer.Ordinal)];

    private static bool IsSource(string path)
    {
        var names = Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar);
        return !names.Contains("bin") && !names.Contains("obj") && !names.Contains("node_modules");
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, Solution)))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException($"There is no {Solution} above {AppContext.BaseDirectory}.");
    }
}
