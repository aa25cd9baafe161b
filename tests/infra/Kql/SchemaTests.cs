namespace ClickFuncs.Infra.Tests.Kql;

/// <summary>The schema script of the analytics database is one that a deployment can run.</summary>
public sealed class SchemaTests
{
    // learn.microsoft.com/azure/data-explorer/database-script: a deployment's script may begin with these verbs only.
    private static readonly string[] Verbs = [".create", ".create-or-alter", ".create-merge", ".alter", ".alter-merge", ".add"];

    [Fact]
    public async Task Commands_All_ParseAgainstTheTablesTheyMake()
    {
        Assert.NotEmpty(KqlParser.SchemaTables);
        var texts = KqlParser.SchemaCommands.Select((text, i) => (text, i)).ToDictionary(command => $"{command.i} {command.text}", command => command.text);

        var found = await KqlParser.AnalyzeAsync(KqlParser.SchemaTables, KqlParser.SchemaViews, texts);

        Assert.All(found, analysis => Assert.True(analysis.Value.Problems.Count == 0, $"{analysis.Key}: {string.Join("; ", analysis.Value.Problems)}"));
    }

    [Fact]
    public void Commands_Verbs_AreThoseADeploymentMayRun() =>
        Assert.All(KqlParser.SchemaCommands, command => Assert.Contains(command.Split(' ')[0], Verbs));

    [Fact]
    public void Tables_All_TakeStreamingIngestion() => Assert.All(KqlParser.SchemaTables.Keys, table =>
        Assert.Contains(KqlParser.SchemaCommands, command => command.StartsWith($".alter table {table} policy streamingingestion", StringComparison.Ordinal)));
}
