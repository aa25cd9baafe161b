namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>A test on files that Event Hubs Capture wrote itself. They are not part of the repository; where they are absent it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedCaptureFactAttribute : FactAttribute
{
    /// <summary>Skips the test where there are no such files.</summary>
    public SharedCaptureFactAttribute()
    {
        if (!Directory.Exists(Folder))
            Skip = $"There are no Capture files in {Folder}.";
    }

    /// <summary>Where the files are expected: beside the repository.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "capture"));
}
