using System.Text.RegularExpressions;

namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>The vendor's compiler accepts every file: types, properties, API versions, references.</summary>
public sealed partial class CompilationTests
{
    [BicepFact]
    public async Task Main_Compiled_HasNoDiagnostics() => Assert.Equal("", (await BicepCompiler.MainAsync()).Diagnostics);

    [BicepFact]
    public void Modules_AllFiles_AreReachedFromMain()
    {
        var used = Used().Matches(Repository.Read("infra", "main.bicep")).Select(match => match.Groups[1].Value).Append("main.bicep");
        var files = Directory.EnumerateFiles(Repository.PathOf("infra"), "*.bicep", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.PathOf("infra"), path));

        Assert.Equal(files.Order(StringComparer.Ordinal), used.Distinct().Order(StringComparer.Ordinal));
    }

    // What the first test is worth: each kind of mistake, made on purpose in a copy of a real module.
    [BicepFact]
    public Task Compiler_MisspeltProperty_Complains() => AssertComplainsAsync("BCP089", "isHnsEnabled:", "isHnsEnabeld:");

    [BicepFact]
    public Task Compiler_UnknownApiVersion_Complains() => AssertComplainsAsync("BCP081", "storageAccounts@2025-06-01", "storageAccounts@2025-06-31");

    [BicepFact]
    public Task Compiler_UnusedParameter_Complains() => AssertComplainsAsync("no-unused-params", "name: redundancy", "name: 'Standard_LRS'");

    [BicepFact]
    public Task Compiler_UnresolvedReference_Complains() => AssertComplainsAsync("BCP057", "scope: account", "scope: acount");

    private static async Task AssertComplainsAsync(string code, string right, string wrong)
    {
        var text = Repository.Read("infra", "lake.bicep");
        Assert.Contains(right, text, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("clickfuncs-bicep-");
        try
        {
            var file = Path.Combine(folder.FullName, "lake.bicep");
            await File.WriteAllTextAsync(file, text.Replace(right, wrong, StringComparison.Ordinal));
            Assert.Contains(code, (await BicepCompiler.BuildAsync(file)).Errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"(?:module \w+|import \{[^}]*\} from) '([^']+\.bicep)'")]
    private static partial Regex Used();
}
