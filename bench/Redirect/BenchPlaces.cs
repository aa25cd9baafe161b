using System.Globalization;

namespace ClickFuncs.Bench.Redirect;

/// <summary>Where one bench run keeps its things: a fresh directory, deleted at the end, and a port for the product.</summary>
internal sealed class BenchPlaces : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("clickfuncs-bench-");

    /// <summary>The product's port.</summary>
    public int Port { get; } = BenchServer.FreePort();

    /// <summary>The file of links.</summary>
    public string Links => Path.Combine(_root.FullName, "links.txt");

    /// <summary>Folder of the product's data.</summary>
    public string Data => Path.Combine(_root.FullName, "data");

    private static string LocalAssembly => Path.Combine(AppContext.BaseDirectory, "ClickFuncs.Local.dll");

    /// <summary>Replaces the placeholders in one word of a command line.</summary>
    public string FillIn(string word, string ad, int count) => word
        .Replace("{local}", LocalAssembly, StringComparison.Ordinal)
        .Replace("{data}", Data, StringComparison.Ordinal)
        .Replace("{port}", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{ad}", ad, StringComparison.Ordinal)
        .Replace("{count}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{links}", Links, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);
}
