namespace ClickFuncs.Batch.Workflows;

/// <summary>Many calls side by side, but not all at once.</summary>
public static class FanOut
{
    /// <summary>Calls an activity once for each input, a bounded number at a time.</summary>
    /// <inheritdoc cref="FanOutAsync{TIn, TOut}(IWorkflowContext, IReadOnlyList{TIn}, int, Func{IWorkflowContext, TIn, Task{TOut}})"/>
    public static Task<IReadOnlyList<TOut>> FanOutAsync<TIn, TOut>(
        this IWorkflowContext context, IReadOnlyList<TIn> inputs, int width, Activity<TIn, TOut> activity) =>
        context.FanOutAsync(inputs, width, (own, input) => own.CallAsync(activity, input));

    /// <summary>Makes a call for each input, a bounded number at a time.</summary>
    /// <remarks>After a failure no further call is made; those under way are awaited, then the failure of the earliest input is thrown.</remarks>
    /// <param name="context">The workflow's context.</param>
    /// <param name="inputs">What to make calls for.</param>
    /// <param name="width">How many may be under way at once.</param>
    /// <param name="call">Makes one call.</param>
    /// <returns>The answers in the order of the inputs.</returns>
    public static async Task<IReadOnlyList<TOut>> FanOutAsync<TIn, TOut>(
        this IWorkflowContext context, IReadOnlyList<TIn> inputs, int width, Func<IWorkflowContext, TIn, Task<TOut>> call)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var calls = new Task<TOut>[inputs.Count];
        var next = 0;
        var hasFailed = false;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(width, inputs.Count)).Select(_ => LaneAsync()));
        // Calls are made in order, so after a failure only a tail is missing.
        await Task.WhenAll(calls.Take(next));
        return [.. calls.Select(done => done.Result)];

        // The lanes share their counters without a lock: a workflow has one thread.
        async Task LaneAsync()
        {
            while (next < calls.Length && !hasFailed)
            {
                var own = next++;
                calls[own] = CallAsync(inputs[own]);
                await ((Task)calls[own]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                hasFailed |= !calls[own].IsCompletedSuccessfully;
            }
        }

        // Also a call that throws before it gives a task is a task that failed.
        async Task<TOut> CallAsync(TIn input) => await call(context, input);
    }
}
