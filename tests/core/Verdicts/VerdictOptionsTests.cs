using System.ComponentModel.DataAnnotations;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Addresses;

namespace ClickFuncs.Core.Tests.Verdicts;

/// <summary>What is wrong with the settings is said at start, each with its place and what to do.</summary>
public sealed class VerdictOptionsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"clickfuncs-ranges-{Guid.NewGuid():N}.txt");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Validate_Defaults_AreInOrder() => Assert.Empty(Problems(new VerdictOptions()));

    [Theory]
    [InlineData("10.0.0.0/33", "DataCenterRanges:1: '10.0.0.0/33' has no prefix length from 0 to 32 after the slash.")]
    [InlineData("10.0.0.0/", "DataCenterRanges:1: '10.0.0.0/' has no prefix length from 0 to 32 after the slash.")]
    [InlineData("2001:db8::/129", "DataCenterRanges:1: '2001:db8::/129' has no prefix length from 0 to 128 after the slash.")]
    [InlineData("10.0.0.1/8", "DataCenterRanges:1: '10.0.0.1/8' has address bits beyond its prefix of 8; give the first address of the network, or a longer prefix.")]
    [InlineData("example.org", "DataCenterRanges:1: 'example.org' is no network; write it as 203.0.113.0/24 or 2001:db8::/32.")]
    public void Validate_WrongNetwork_IsNamedWithItsPlace(string network, string problem) =>
        Assert.Equal(problem, Assert.Single(Problems(new VerdictOptions { DataCenterRanges = ["10.0.0.0/8", network] })));

    [Fact]
    public void Validate_WrongLineOfTheFile_IsNamedWithItsNumber()
    {
        File.WriteAllText(_file, "# Two of them\n203.0.113.0/24\n\n  2001:db8::/32   # documentation\n203.0.113.0/99\n");
        var problem = Assert.Single(Problems(new VerdictOptions { DataCenterFile = _file }));
        Assert.StartsWith($"Line 5 of {_file}: '203.0.113.0/99' ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ManyWrongLines_AreCountedAfterTheFirstTen()
    {
        File.WriteAllLines(_file, Enumerable.Repeat("nonsense", 25));
        var problems = Problems(new VerdictOptions { DataCenterFile = _file });
        Assert.Equal(11, problems.Count);
        Assert.Equal("15 more networks of data centres are wrong.", problems[^1]);
    }

    [Fact]
    public void Validate_MissingFile_SaysSo() =>
        Assert.Contains(_file, Assert.Single(Problems(new VerdictOptions { DataCenterFile = _file })), StringComparison.Ordinal);

    [Fact]
    public void Validate_EffectThatDoesNotExist_IsRefused() =>
        Assert.Contains("KnownBots", Assert.Single(Problems(new VerdictOptions { KnownBots = (RuleEffect)7 })), StringComparison.Ordinal);

    [Fact]
    public void Read_SettingsAndFile_AreOneTable()
    {
        File.WriteAllText(_file, "203.0.113.0/24 # one\r\n2001:db8::/32\r\n");
        var problems = new List<string>();
        var table = DataCenterRanges.Read(new VerdictOptions { DataCenterRanges = ["10.0.0.0/8"], DataCenterFile = _file }, problems);
        Assert.Empty(problems);
        Assert.Equal(3, table.Count);
        Assert.All("203.0.113.9 2001:db8:1::1 10.1.2.3".Split(' '), address => Assert.True(table.Contains(System.Text.Encoding.UTF8.GetBytes(address))));
    }

    private static List<string> Problems(VerdictOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(result => result.ErrorMessage!)];
    }
}
