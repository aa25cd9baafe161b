namespace ClickFuncs.EndToEnd.Tests.Spool;

/// <summary>A test that needs a disk it can fill.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible)
            Skip = "This machine does not let us mount a small file system: run as root on Linux.";
    }
}
