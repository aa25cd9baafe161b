using System.Reflection;

namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>The vendor's compiler. It knows the properties and API versions of every resource type.</summary>
internal static class BicepCompiler
{
    private static readonly Lazy<Task<Template>> Compiled = new(CompileMainAsync);

    /// <summary>Where it is; null on machines that it is not brought for.</summary>
    public static string? Path { get; } = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "BicepCli")?.Value;

    /// <summary>The template that <c>infra/main.bicep</c> becomes; compiled once.</summary>
    public static Task<Template> MainAsync() => Compiled.Value;

    /// <summary>Compiles a file.</summary>
    /// <returns>The template on output, diagnostics on errors; warnings leave the exit code 0.</returns>
    public static Task<Programs.Result> BuildAsync(string file) => Programs.RunAsync(Path!, "", "build", file, "--stdout");

    private static async Task<Template> CompileMainAsync()
    {
        var result = await BuildAsync(Repository.PathOf("infra", "main.bicep"));
        Assert.True(result.ExitCode == 0, result.Errors);
        return Template.Parse(result.Output, result.Errors);
    }
}
