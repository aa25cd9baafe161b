using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Functions.Workflows;

/// <summary>The vendor's client of this invocation: a binding brings it, services of the invocation use it.</summary>
public sealed class DurableClientOfInvocation
{
    private DurableTaskClient? _client;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">The function has no binding for it.</exception>
    public DurableTaskClient Client
    {
        get => _client ?? throw new InvalidOperationException("This function has no binding for the Durable client; add [DurableClient] to it.");
        set => _client = value;
    }

    /// <summary>That of an invocation's services.</summary>
    public static DurableClientOfInvocation Of(IServiceProvider services) => services.GetRequiredService<DurableClientOfInvocation>();
}
