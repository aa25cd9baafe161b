using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Testing.Workflows;

/// <summary>A workflow made of a lambda, for tests that need one of their own.</summary>
public sealed class Script<TIn, TOut>(string name, Func<IWorkflowContext, TIn, Task<TOut>> run) : Workflow<TIn, TOut>
{
    public override string Name => name;

    public override Task<TOut> RunAsync(IWorkflowContext context, TIn input) => run(context, input);
}
