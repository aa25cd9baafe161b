namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>A test that needs the Bicep compiler; skipped on machines that it is not brought for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    /// <summary>Skips where there is no compiler.</summary>
    public BicepFactAttribute()
    {
        if (BicepCompiler.Path is null)
            Skip = "The Bicep compiler is only brought for Linux on x64.";
    }
}
