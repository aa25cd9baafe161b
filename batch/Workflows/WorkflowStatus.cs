namespace ClickFuncs.Batch.Workflows;

/// <summary>What can be told of an execution.</summary>
public sealed record WorkflowStatus
{
    /// <summary>Id of the run.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Which execution of that id, from 1.</summary>
    public required int Execution { get; init; }

    /// <summary>Name of the workflow.</summary>
    public required string Workflow { get; init; }

    /// <summary>Where it stands.</summary>
    public WorkflowState State { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its journal was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What it was started with, as JSON.</summary>
    public required string Input { get; init; }

    /// <summary>What the workflow last said about itself, as JSON; null if nothing.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>What it ended with, as JSON; null unless it completed.</summary>
    public string? Output { get; init; }

    /// <summary>Why it failed or was cancelled; null if it did not and was not.</summary>
    public FailureDetails? Failure { get; init; }

    /// <summary>Steps that have ended, well or not.</summary>
    public int StepsDone { get; init; }

    /// <summary>Whether it has ended in any way.</summary>
    public bool HasEnded => State >= WorkflowState.Completed;

    /// <summary>What it ended with.</summary>
    /// <exception cref="InvalidOperationException">It did not complete.</exception>
    public T ReadOutput<T>() => Output is { } json
        ? WorkflowJson.Read<T>(json, $"the output of '{InstanceId}'")
        : throw new InvalidOperationException($"Run '{InstanceId}' has no output, it is {State}. {Failure?.Message}");
}
