using System.Reflection;

namespace ClickFuncs.Api.Pages;

/// <summary>Reads the files that the build embedded.</summary>
internal static class PageFiles
{
    private const string Prefix = "web/";

    /// <summary>All of them, once: they are small and stay in memory.</summary>
    public static IReadOnlyList<PageFile> Load()
    {
        var assembly = typeof(PageFiles).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => names.Contains($"{name}.br")).Select(name => new PageFile(
            name[Prefix.Length..], Read(assembly, name), Read(assembly, $"{name}.br"), Read(assembly, $"{name}.gz")))];
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The page file '{name}' is not embedded.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
