namespace ClickFuncs.Core.Tests.Money;

/// <summary>Money is counted in whole micros: no source on its way may hold floating point.</summary>
public sealed class MoneyPathTests
{
    // Folders and files that see amounts, from the price in a link to the statement.
    private static readonly string[] Paths =
    [
        "core/Ledger", "core/Money", "core/Links", "core/Windows", "core/Processing", "core/Events", "core/Catalog", "batch", "local/Ledger",
        "local/Commands/LedgerCommand.cs", "local/Commands/StatementCommand.cs", "local/Commands/CatalogCommand.cs",
    ];

    // What may stay, by file and what stands there, each with the reason why it can't touch an amount.
    private static readonly (string Path, string What, string Reason)[] Allowed =
    [
        ("batch/Compaction/Compactor.Log.cs", "double", "milliseconds in a log line"),
        ("batch/Recount/BucketRecount.Log.cs", "double", "milliseconds in a log line"),
        ("batch/Archive/Avro/AvroCursor.cs", "double", "a type of the Avro format, in properties of records, which hold no amounts"),
        ("batch/Archive/Avro/AvroCursor.cs", "BinaryPrimitives.ReadDoubleLittleEndian", "the same"),
        ("batch/Archive/Avro/CaptureProperties.cs", "Double", "the same"),
        ("batch/Archive/Avro/AvroType.cs", "Double", "the same"),
        ("batch/Archive/Avro/CaptureProperty.cs", "double", "the same"),
    ];

    [Fact]
    public void MoneyPaths_Sources_HoldNoFloatingPoint()
    {
        var root = Root();
        var files = Paths.SelectMany(path => Files(Path.Combine(root, path))).ToList();
        var findings = files.SelectMany(file => FloatingPointScan.Find(Path.GetRelativePath(root, file), File.ReadAllText(file)))
            .Where(finding => !Allowed.Any(allowed => finding.Path == allowed.Path && finding.What == allowed.What)).ToList();

        Assert.True(files.Count > 100, $"only {files.Count} files were read");
        Assert.True(findings.Count == 0, "Floating point on the way of money; count in micros, or say in Allowed why it is no amount:\n" + string.Join('\n', findings));
    }

    [Fact]
    public void Allowed_EachException_IsStillNeeded()
    {
        var root = Root();
        Assert.All(Allowed, allowed => Assert.Contains(
            FloatingPointScan.Find(allowed.Path, File.ReadAllText(Path.Combine(root, allowed.Path))), finding => finding.What == allowed.What));
    }

    [Theory]
    [InlineData("class C\n{\n    double spend;\n}", 3, "double")]
    [InlineData("float F(float x) => x;", 1, "float")]
    [InlineData("var half = 0.5;", 1, "0.5")]
    [InlineData("var x = 1e6;", 1, "1e6")]
    [InlineData("var x = 5f;", 1, "5f")]
    [InlineData("var x = 7d * y;", 1, "7d")]
    [InlineData("reader.GetDouble(3)", 1, "GetDouble")]
    [InlineData("Convert.ToDouble(x)", 1, "ToDouble")]
    [InlineData("var sql = \"\"\"\n    CREATE TABLE t (\n        spend DOUBLE)\n    \"\"\";", 3, "DOUBLE")]
    [InlineData("Execute(\"SELECT avg(spend) FROM t\");", 1, "avg(")]
    [InlineData("Execute($\"SELECT {x}::double // no comment\");", 1, "::double")]
    public void Find_PlantedFloat_NamesTheLine(string source, int line, string what) =>
        Assert.Contains(new FloatingPointFinding("a.cs", line, what), FloatingPointScan.Find("a.cs", source));

    [Theory]
    [InlineData("// a double click, 0.5 of them")]
    [InlineData("/* float\n double */ int x;")]
    [InlineData("/// <summary>Double entry.</summary>\nlong x;")]
    [InlineData("var text = \"a double of 0.45, in real life\";")]
    [InlineData("var price = 0.45m + 1_000_000m;")]
    [InlineData("var x = list.Single(); var y = 0x1e5; var z = items[1..5];")]
    [InlineData("var c = '\"'; // double")]
    public void Find_NoFloat_IsQuiet(string source) => Assert.Empty(FloatingPointScan.Find("a.cs", source));

    private static IEnumerable<string> Files(string path) => File.Exists(path)
        ? [path]
        : !Directory.Exists(path) ? [] : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Where(file => !IsBuilt(file));

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin"));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClickFuncs.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests don't run below the repository; its sources can't be read.");
    }
}
