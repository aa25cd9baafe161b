namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>What an entry of a journal says. The numbers are stored.</summary>
public enum JournalEntryKind
{
    /// <summary>The execution began: name of the workflow, its input.</summary>
    Started = 1,

    /// <summary>The workflow called an activity: its name and input.</summary>
    ActivityScheduled = 2,

    /// <summary>The workflow waits for a time.</summary>
    TimerScheduled = 3,

    /// <summary>The workflow called another: its name, the id of the run as target, its input.</summary>
    ChildScheduled = 4,

    /// <summary>The workflow said something about itself.</summary>
    StatusSet = 5,

    /// <summary>A step has its answer; of a timer: it is due.</summary>
    StepCompleted = 6,

    /// <summary>A step failed for good.</summary>
    StepFailed = 7,

    /// <summary>A try of an activity failed; the next one is due later.</summary>
    AttemptFailed = 8,

    /// <summary>Somebody cancelled the run; it will end as soon as what it has under way has stopped.</summary>
    CancelRequested = 9,

    /// <summary>The workflow ended with an output.</summary>
    Completed = 10,

    /// <summary>The workflow ended with a failure.</summary>
    Failed = 11,

    /// <summary>The run was ended for somebody.</summary>
    Cancelled = 12,
}
