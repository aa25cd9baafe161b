namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// Which workflows there are and what their activities do. Filled once at start, then only read; a host runs what its catalog
/// has, by name and over JSON, so that the same catalog serves every runner.
/// </summary>
public sealed class WorkflowCatalog
{
    private readonly Dictionary<string, Func<IWorkflowContext, string, Task<string>>> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<string, ActivityContext, Task<string>>> _activities = new(StringComparer.Ordinal);

    /// <summary>Names of the workflows.</summary>
    public IReadOnlyCollection<string> Workflows => _workflows.Keys;

    /// <summary>Names of the bound activities.</summary>
    public IReadOnlyCollection<string> Activities => _activities.Keys;

    /// <summary>Adds a workflow.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public WorkflowCatalog Add<TIn, TOut>(Workflow<TIn, TOut> workflow)
    {
        if (!_workflows.TryAdd(workflow.Name, RunAsync))
            throw new ArgumentException($"Workflow '{workflow.Name}' is there already; give one of them another name.", nameof(workflow));
        return this;

        async Task<string> RunAsync(IWorkflowContext context, string input) => WorkflowJson.Write(
            await workflow.RunAsync(context, WorkflowJson.Read<TIn>(input, $"the input of workflow '{workflow.Name}'")),
            $"The output of workflow '{workflow.Name}'");
    }

    /// <summary>Says what an activity does.</summary>
    /// <exception cref="ArgumentException">One of that name is bound.</exception>
    public WorkflowCatalog Bind<TIn, TOut>(Activity<TIn, TOut> activity, Func<TIn, ActivityContext, Task<TOut>> implementation)
    {
        if (!_activities.TryAdd(activity.Name, RunAsync))
            throw new ArgumentException($"Activity '{activity.Name}' is bound already; give one of them another name.", nameof(activity));
        return this;

        async Task<string> RunAsync(string input, ActivityContext context) => WorkflowJson.Write(
            await implementation(WorkflowJson.Read<TIn>(input, $"the input of activity '{activity.Name}'"), context),
            $"The output of activity '{activity.Name}'");
    }

    /// <summary>Runs a workflow.</summary>
    /// <param name="name">Which.</param>
    /// <param name="context">What it may use.</param>
    /// <param name="input">Its input as JSON.</param>
    /// <returns>Its output as JSON.</returns>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Task<string> RunWorkflowAsync(string name, IWorkflowContext context, string input) => _workflows.TryGetValue(name, out var run)
        ? run(context, input)
        : throw new ArgumentException($"There is no workflow '{name}' in the catalog; add it where the host is composed.", nameof(name));

    /// <summary>Runs an activity once.</summary>
    /// <param name="name">Which.</param>
    /// <param name="input">Its input as JSON.</param>
    /// <param name="context">On whose behalf.</param>
    /// <returns>Its output as JSON.</returns>
    /// <exception cref="ArgumentException">None of that name is bound.</exception>
    public Task<string> RunActivityAsync(string name, string input, ActivityContext context) => _activities.TryGetValue(name, out var run)
        ? run(input, context)
        : throw new ArgumentException($"Activity '{name}' is not bound in the catalog; bind it where the host is composed.", nameof(name));

    /// <summary>Whether there is a workflow of that name.</summary>
    public bool HasWorkflow(string name) => _workflows.ContainsKey(name);

    /// <summary>Whether an activity of that name is bound.</summary>
    public bool HasActivity(string name) => _activities.ContainsKey(name);
}
