using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>What <c>azd</c> is told fits together: parameters, outputs, hooks, the service's tag.</summary>
public sealed partial class AzdTests
{
    private static readonly string Main = Repository.Read("infra", "main.bicep");
    private static readonly string Yaml = Repository.Read("azure.yaml");

    private static readonly Dictionary<string, string> Given = JsonDocument.Parse(Repository.Read("infra", "main.parameters.json")).RootElement
        .GetProperty("parameters").EnumerateObject().ToDictionary(parameter => parameter.Name, parameter => parameter.Value.GetProperty("value").GetString()!);

    [Fact]
    public void Parameters_Given_AreDeclared() =>
        Assert.Superset(Given.Keys.ToHashSet(), Declared().Matches(Main).Select(match => match.Groups[1].Value).ToHashSet());

    [Fact]
    public void Parameters_WithoutDefault_AreGiven() =>
        Assert.All(Declared().Matches(Main).Where(match => !match.Groups[2].Success), match => Assert.Contains(match.Groups[1].Value, Given.Keys));

    [Fact]
    public void Hooks_Files_Exist()
    {
        var hooks = Hook().Matches(Yaml).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(6, hooks.Count);
        Assert.All(hooks, path => Assert.True(File.Exists(Repository.PathOf(path.Split('/'))), path));
    }

    [Fact]
    public void Variables_OfScripts_AreOutputsOrParameters()
    {
        var outputs = Output().Matches(Main).Select(match => match.Groups[1].Value);
        var parameters = Given.Values.SelectMany(value => Variable().Matches(value)).Select(match => match.Value);
        // Whoever runs smoke may bring a token.
        var known = outputs.Concat(parameters).Append("CLICKFUNCS_TOKEN").ToHashSet();
        var scripts = Directory.EnumerateFiles(Repository.PathOf("infra", "scripts")).Select(File.ReadAllText).ToList();
        var used = scripts.SelectMany(text => Variable().Matches(text)).Select(match => match.Value).ToHashSet();

        Assert.Contains("CLICKFUNCS_VAULT", used);
        Assert.Subset(known, used);
    }

    [Fact]
    public void Secrets_OfTheVaultModule_AreThoseTheScriptsMake()
    {
        var referenced = SecretName().Matches(Repository.Read("infra", "vault.bicep")).Select(match => match.Groups[1].Value).Order().ToList();

        Assert.Equal(3, referenced.Count);
        Assert.Equal(referenced, ShellNames().Match(Repository.Read("infra", "scripts", "secrets.sh")).Groups[1].Value.Split(' ').Order());
        Assert.Equal(
            referenced, ShellNames().Match(Repository.Read("infra", "scripts", "secrets.ps1")).Groups[2].Value.Split(", ").Select(name => name.Trim('\'')).Order());
    }

    [Fact]
    public void Service_Tag_IsItsName()
    {
        var service = Service().Match(Yaml).Groups[1].Value;
        Assert.Contains($"'azd-service-name': '{service}'", Repository.Read("infra", "functionapp.bicep"), StringComparison.Ordinal);
        Assert.Contains("'azd-env-name': environmentName", Main, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^param (\w+) \w+( =)?", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^output (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"run: (?:sh )?(\S+)")]
    private static partial Regex Hook();

    [GeneratedRegex("CLICKFUNCS_[A-Z_]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"SecretName=([\w-]+)\)")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"for name in ([\w -]+); do|foreach \(\$name in ([^)]+)\)")]
    private static partial Regex ShellNames();

    [GeneratedRegex(@"^services:\s+(\w+):", RegexOptions.Multiline)]
    private static partial Regex Service();
}
