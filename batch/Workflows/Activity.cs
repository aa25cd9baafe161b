namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// Names a piece of work that touches the world: reads, writes, computes at length. Runs at least once per call, so doing it
/// twice must be the same as doing it once. What it does is bound in a <see cref="WorkflowCatalog"/>.
/// </summary>
/// <typeparam name="TIn">What it is given; small and made of values, since it is journaled as JSON.</typeparam>
/// <typeparam name="TOut">What it answers; the same holds. Large results go to the lake, their name is the answer.</typeparam>
public sealed class Activity<TIn, TOut>
{
    /// <summary>Names an activity.</summary>
    /// <param name="name">Stands in journals: renaming it diverges the runs under way.</param>
    /// <param name="retry">When it is tried again; null takes the defaults of <see cref="RetryPolicy"/>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Activity(string name, RetryPolicy? retry = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Retry = retry ?? new RetryPolicy();
    }

    /// <summary>Its name, unique in a catalog.</summary>
    public string Name { get; }

    /// <summary>When it is tried again.</summary>
    public RetryPolicy Retry { get; }
}
