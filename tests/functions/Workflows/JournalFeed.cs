using System.Globalization;
using System.Text.Json.Nodes;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Functions.Workflows;
using Microsoft.DurableTask;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>
/// Takes what the embedded runner has written down of an execution and lets the Durable adapter live through the same events in the same
/// order. At every event it must make the same calls in the same order as stand in the journal.
/// </summary>
internal static class JournalFeed
{
    /// <summary>Runs it; gives how many calls were compared.</summary>
    public static int Check(WorkflowCatalog catalog, WorkflowRun run, IReadOnlyList<JournalEntry> journal)
    {
        var before = SynchronizationContext.Current;
        // An orchestration's code runs on one thread: without another context, continuations run where the answer is given.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return Run(catalog, run, journal);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static int Run(WorkflowCatalog catalog, WorkflowRun run, IReadOnlyList<JournalEntry> journal)
    {
        var status = run.Status;
        var orchestration = new FedOrchestration(new WorkflowStart(status.Workflow, status.Execution, status.Input), status.InstanceId);
        Task<string>? code = null;
        var compared = 0;
        for (var at = 0; at < journal.Count;)
        {
            var entry = journal[at++];
            if (entry.Kind == JournalEntryKind.AttemptFailed)
            {
                orchestration.FailTry(entry.Step, WorkflowJson.Read<FailureDetails>(entry.Body!, "a failure"));
                continue;
            }

            Assert.True(entry.IsInput, $"{entry.Kind} is no input");
            if (entry.At.UtcDateTime > orchestration.Clock)
                orchestration.Clock = entry.At.UtcDateTime;
            if (entry.Kind == JournalEntryKind.Started)
                code = WorkflowFunctions.RunAsync(catalog, orchestration);
            else
                orchestration.Answer(entry.Step, AnswerOf(journal, entry));
            var expected = new List<JournalEntry>();
            while (at < journal.Count && journal[at].IsDecision)
                expected.Add(journal[at++]);
            compared += Compare(expected, orchestration, code!);
        }

        return compared;
    }

    private static int Compare(List<JournalEntry> expected, FedOrchestration orchestration, Task<string> code)
    {
        var calls = expected.Where(decision => !decision.IsEnd).Select(Asked).ToList();
        Assert.Equal(calls, orchestration.Calls.Select(WithoutIds));
        orchestration.Calls.Clear();
        var end = expected.Find(decision => decision.IsEnd);
        Assert.Equal(end != null, code.IsCompleted);
        if (end is { Kind: JournalEntryKind.Completed })
            Assert.Equal(end.Body, code.Result);
        else if (end != null)
            Assert.Equal(WorkflowJson.Read<FailureDetails>(end.Body!, "a failure"), FailureDetails.Of(code.Exception!.InnerException!));
        return calls.Count;
    }

    private static object AnswerOf(IReadOnlyList<JournalEntry> journal, JournalEntry entry)
    {
        var scheduled = journal.Single(other => other.Step == entry.Step && other.IsDecision && !other.IsEnd);
        var failure = entry.Kind == JournalEntryKind.StepFailed ? WorkflowJson.Read<FailureDetails>(entry.Body!, "a failure") : null;
        return scheduled.Kind switch
        {
            JournalEntryKind.ActivityScheduled when failure is not null => new ActivityAnswer(null, failure, IsFinal: true),
            JournalEntryKind.ActivityScheduled => ActivityAnswer.Of(entry.Body!),
            JournalEntryKind.TimerScheduled => new object(),
            _ when failure is not null => new TaskFailedException(
                scheduled.Name!, entry.Step, new TaskFailureDetails(failure.Type, failure.Message, null, null, null)),
            _ => entry.Body!,
        };
    }

    private static FedOrchestration.Asked Asked(JournalEntry decision) => WithoutIds(decision.Kind switch
    {
        JournalEntryKind.ActivityScheduled => new("activity", decision.Name, null, decision.Step, decision.Body!),
        JournalEntryKind.TimerScheduled => new("timer", null, null, decision.Step, decision.Due!.Value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        JournalEntryKind.ChildScheduled => new("child", decision.Name, decision.Target, decision.Step, decision.Body!),
        _ => new("status", null, null, -1, decision.Body!),
    });

    // The two runners make other ids, each its own again and again.
    private static FedOrchestration.Asked WithoutIds(FedOrchestration.Asked asked)
    {
        if (!asked.Body.StartsWith('{') || JsonNode.Parse(asked.Body) is not JsonObject body || !body.Remove("id"))
            return asked;
        return asked with { Body = body.ToJsonString() };
    }
}
