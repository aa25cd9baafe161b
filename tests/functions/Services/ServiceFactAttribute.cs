namespace ClickFuncs.Functions.Tests.Services;

/// <summary>A test that needs a service; skipped, with the reason, where no address is given.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServiceFactAttribute : FactAttribute
{
    /// <param name="address">Name of the environment variable.</param>
    public ServiceFactAttribute(string address)
    {
        if (ServiceAddresses.Find(address) is null)
            Skip = $"Set {address} to where a test account or an emulator is, as docs/deploy.md says, to run this.";
    }
}
