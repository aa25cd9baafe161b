namespace ClickFuncs.Infra.Tests.Scripts;

/// <summary>A test of a shell script; skipped on Windows, which has others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    /// <summary>Skips where there is no shell.</summary>
    public ShellFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no sh; it uses the .ps1 scripts.";
    }
}
