namespace ClickFuncs.Local.Tests.Hosting;

/// <summary>docs/configuration.md says it lists every setting; here it is held to that.</summary>
public sealed class ConfigurationDocumentTests
{
    private static readonly IReadOnlyList<SettingRow> Documented = SettingsTable.Read();
    private static readonly IReadOnlyList<SettingRow> Real = SettingsByReflection.Read();

    [Fact]
    public void Table_OfSettings_NamesEachOnceInTheOrderOfTheClasses() =>
        Assert.Equal(Real.Select(setting => setting.Name), Documented.Select(setting => setting.Name));

    [Fact]
    public void Table_OfSettings_GivesTheirDefaults() =>
        Assert.Equal(Real.Select(setting => (setting.Name, setting.Default)), Documented.Select(setting => (setting.Name, setting.Default)));

    [Fact]
    public void Table_OfSettings_GivesTheRangesOfThoseThatHaveOne()
    {
        var ranged = Real.Where(setting => setting.Range.Length > 0).ToList();
        Assert.NotEmpty(ranged);
        Assert.All(ranged, setting => Assert.Equal(setting.Range, Documented.Single(row => row.Name == setting.Name).Range));
    }
}
