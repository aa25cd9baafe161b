namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// A sequence of steps that survives crashes. Its code runs again from the start after each, fed from the journal, so it must
/// do the same again: it decides by its input and what its <see cref="IWorkflowContext"/> gives, awaits nothing else, and has
/// no clock, randomness or I/O of its own. All of that belongs in activities. One object serves all runs: it holds no state.
/// </summary>
/// <typeparam name="TIn">What it is started with, journaled as JSON.</typeparam>
/// <typeparam name="TOut">What it ends with, journaled as JSON.</typeparam>
public abstract class Workflow<TIn, TOut>
{
    /// <summary>Its name, unique in a catalog. Stands in journals: renamed, its unfinished runs are not found any more.</summary>
    public abstract string Name { get; }

    /// <summary>Runs it, from the start or from what the journal has.</summary>
    /// <param name="context">The only thing it may await.</param>
    /// <param name="input">What it was started with.</param>
    public abstract Task<TOut> RunAsync(IWorkflowContext context, TIn input);
}
