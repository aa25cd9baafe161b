namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>A test that needs <c>avrocat</c>, Debian's package <c>avro-bin</c>; where it is not on the path the test is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AvrocatFactAttribute : FactAttribute
{
    /// <summary>Skips the test where there is none.</summary>
    public AvrocatFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "avrocat"))))
            Skip = "avrocat is not on the path; Debian has it in avro-bin.";
    }
}
