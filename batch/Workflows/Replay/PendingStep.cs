using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>A step the workflow awaits.</summary>
internal abstract class PendingStep(JournalEntry scheduled, RetryPolicy retry)
{
    /// <summary>The decision that scheduled it.</summary>
    public JournalEntry Scheduled { get; } = scheduled;

    /// <summary>When it is tried again, if it is an activity.</summary>
    public RetryPolicy Retry { get; } = retry;

    /// <summary>Hands the workflow the answer; its code goes on before this returns.</summary>
    public abstract void Complete(string? output);

    /// <summary>Throws the failure into the workflow; its code goes on before this returns.</summary>
    public abstract void Fail(FailureDetails failure);
}

/// <summary>The same, with the type of its answer.</summary>
internal sealed class PendingStep<TOut>(JournalEntry scheduled, RetryPolicy retry) : PendingStep(scheduled, retry)
{
    // Continuations run where the answer is set, inside the turn: run elsewhere they would leave the workflow's thread.
    private readonly TaskCompletionSource<TOut> _answer = new();

    /// <summary>What the workflow awaits.</summary>
    public Task<TOut> Answer => _answer.Task;

    /// <inheritdoc/>
    public override void Complete(string? output)
    {
        if (output == null)
        {
            _answer.SetResult(default!);
            return;
        }

        TOut answer;
        try
        {
            answer = WorkflowJson.Read<TOut>(output, $"the answer of '{Scheduled.Name}'");
        }
        catch (NonRetryableException unreadable)
        {
            _answer.SetException(unreadable);
            return;
        }

        _answer.SetResult(answer);
    }

    /// <inheritdoc/>
    public override void Fail(FailureDetails failure) => _answer.SetException(Scheduled.Kind == JournalEntryKind.ChildScheduled
        ? new WorkflowFailedException(Scheduled.Name!, Scheduled.Target!, failure)
        : new ActivityFailedException(Scheduled.Name!, Scheduled.Step, failure));
}
