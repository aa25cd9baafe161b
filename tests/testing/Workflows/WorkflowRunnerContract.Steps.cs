using System.Collections.Concurrent;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Testing.Workflows;

public abstract partial class WorkflowRunnerContract
{
    [Fact]
    public async Task FanOut_Bounded_GivesAnswersInOrderAndKeepsTheWidth()
    {
        var (underWay, most) = (0, 0);
        var ended = await RunAsync(async (context, _) =>
        {
            var answers = await context.FanOutAsync([.. Enumerable.Range(0, 20)], 3, async (own, number) =>
            {
                most = Math.Max(most, ++underWay);
                var answer = await own.CallAsync(Twice, number);
                underWay--;
                return answer;
            });
            return string.Join(',', answers);
        });
        Assert.Equal(string.Join(',', Enumerable.Range(0, 20).Select(i => i * 2)), ended.ReadOutput<string>());
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task FanOut_OneFails_MakesNoFurtherCallsAndThrowsIt()
    {
        _failing = _ => throw new NonRetryableException("never");
        var ended = await RunAsync(async (context, _) =>
        {
            // One at a time: beside a call that takes its time to fail, any number of others may have been made rightly.
            await context.FanOutAsync([.. Enumerable.Range(0, 50)], 1, (own, number) => own.CallAsync(number == 3 ? Failing : Twice, number));
            return "not reached";
        });
        Assert.Equal((WorkflowState.Failed, typeof(ActivityFailedException).FullName), (ended.State, ended.Failure!.Type));
        Assert.Equal(4, _calls.Count);
    }

    [Fact]
    public async Task Activities_OfManyRuns_AreBoundedTogether()
    {
        var (underWay, most) = (0, 0);
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = new Activity<int, int>("busy");
        var workflow = new Script<int, string>("test", async (context, _) =>
            $"{(await Task.WhenAll(Enumerable.Range(0, 5).Select(i => context.CallAsync(busy, i)))).Length}");
        _rig.Catalog = Catalog(workflow).Bind(busy, async (number, _) =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            if (now == 2)
                both.TrySetResult();
            // The first waits for the second, so that both slots are seen in use.
            await both.Task;
            Interlocked.Decrement(ref underWay);
            return number;
        });
        await _rig.StartAsync();
        foreach (var id in new[] { "a", "b", "c" })
            await StartAsync(workflow, id);
        foreach (var id in new[] { "a", "b", "c" })
            await _rig.RunToEndAsync(id);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Timer_AcrossRestarts_FiresOnceAndNotEarly()
    {
        DateTimeOffset due = default, woken = default;
        var workflow = await UseAsync(async (context, _) =>
        {
            due = context.Now.AddHours(30);
            await context.DelayUntilAsync(due);
            woken = context.Now;
            return "done";
        });
        await StartAsync(workflow);
        for (var hours = 0; hours < 28; hours += 7)
        {
            _rig.Clock.Advance(TimeSpan.FromHours(7) - TimeSpan.FromMinutes(10));
            await _rig.StartAsync();
            Assert.False((await _rig.Runner.GetAsync("run", Never))!.HasEnded);
        }

        var ended = await _rig.RunToEndAsync("run");
        Assert.Equal((WorkflowState.Completed, 1), (ended.State, ended.StepsDone));
        Assert.True(woken >= due, $"woken {woken}, due {due}");
    }

    [Fact]
    public async Task Retry_UntilItSucceeds_RestsByThePolicy()
    {
        var started = new ConcurrentDictionary<int, DateTimeOffset>();
        _failing = context =>
        {
            started[context.Attempt] = _rig.Clock.GetUtcNow();
            return context.Attempt == 3 ? 42 : throw new InvalidDataException("no luck");
        };
        var ended = await RunAsync(async (context, _) => $"{await context.CallAsync(Failing, 1)}");
        Assert.Equal("42", ended.ReadOutput<string>());
        var rests = (await _rig.ReadJournalAsync("run")).Where(entry => entry.Kind == JournalEntryKind.AttemptFailed).ToList();
        Assert.Equal([1, 2], rests.Select(entry => entry.Attempt));
        Assert.All(rests, rest => Assert.True(started[rest.Attempt + 1] >= rest.Due));
        Assert.All(rests, rest => Assert.InRange(rest.Due!.Value - started[rest.Attempt], TimeSpan.FromSeconds(rest.Attempt == 1 ? 10 : 30), TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task Retry_AcrossARestart_GoesOnCounting()
    {
        await StartAsync(await UseAsync(async (context, _) => $"{await context.CallAsync(Failing, 1)}"));
        await CalledAsync(1);
        while ((await _rig.ReadJournalAsync("run"))[^1].Kind != JournalEntryKind.AttemptFailed)
            await Task.Yield();
        await _rig.StartAsync();
        var ended = await _rig.RunToEndAsync("run");
        Assert.Equal(WorkflowState.Failed, ended.State);
        Assert.Equal([1, 2, 3], _calls.Select(call => call.Attempt));
    }

    [Fact]
    public async Task Failure_ForGood_CanBeCaught()
    {
        ActivityFailedException? caught = null;
        var ended = await RunAsync(async (context, _) =>
        {
            try
            {
                return $"{await context.CallAsync(Failing, 1)}";
            }
            catch (ActivityFailedException failure)
            {
                caught = failure;
                return $"instead: {await context.CallAsync(Twice, 4)}";
            }
        });
        Assert.Equal("instead: 8", ended.ReadOutput<string>());
        Assert.Equal(("failing", 0, typeof(InvalidDataException).FullName, "no luck"), (caught!.Activity, caught.Step, caught.Failure.Type, caught.Failure.Message));
        Assert.Equal(3, _calls.Count(call => call.Step == 0));
    }

    [Fact]
    public async Task Failure_NotCaught_EndsTheRunWithItsReason()
    {
        var ended = await RunAsync(async (context, _) => $"{await context.CallAsync(Failing, 1)}");
        Assert.Equal((WorkflowState.Failed, typeof(ActivityFailedException).FullName), (ended.State, ended.Failure!.Type));
        Assert.Contains("no luck", ended.Failure.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ended.ReadOutput<string>());
    }

    [Fact]
    public async Task Failure_NonRetryable_IsTriedOnce()
    {
        _failing = _ => throw new NonRetryableException("the archive has a gap");
        var ended = await RunAsync(async (context, _) => $"{await context.CallAsync(Failing, 1)}");
        Assert.Equal(WorkflowState.Failed, ended.State);
        Assert.Single(_calls);
    }

    [Fact]
    public async Task Status_Set_IsSeenWhileUnderWay()
    {
        var workflow = await UseAsync(async (context, _) =>
        {
            await context.CallAsync(Twice, 1);
            context.SetStatus(new { Phase = "counting", Buckets = 3 });
            return await context.CallAsync(Gated, "done");
        });
        await StartAsync(workflow);
        await CalledAsync(2);
        var status = (await _rig.Runner.GetAsync("run", Never))!;
        Assert.Equal((WorkflowState.Running, "{\"phase\":\"counting\",\"buckets\":3}", 1), (status.State, status.CustomStatus, status.StepsDone));
        _gate.SetResult(".");
        await _rig.RunToEndAsync("run");
    }

    [Fact]
    public async Task Payload_OutputTooLarge_IsRefusedWithoutRetry()
    {
        var large = new Activity<int, string>("large");
        var workflow = new Script<int, string>("test", (context, size) => context.CallAsync(large, size));
        _rig.Catalog = Catalog(workflow).Bind(large, (size, context) => Noted(context, () => new string('x', size)));
        await _rig.StartAsync();
        await StartAsync(workflow, "fits", WorkflowJson.MaxPayloadBytes - 2);
        await StartAsync(workflow, "larger", WorkflowJson.MaxPayloadBytes - 1);
        Assert.Equal(WorkflowState.Completed, (await _rig.RunToEndAsync("fits")).State);
        var failed = await _rig.RunToEndAsync("larger");
        Assert.Contains("46081 bytes as JSON, 46080 are allowed", failed.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task Payload_InputOrStatusTooLarge_ThrowsInTheWorkflow()
    {
        var ended = await RunAsync(async (context, _) =>
        {
            var input = await Assert.ThrowsAsync<PayloadTooLargeException>(() => context.CallAsync(Gated, new string('x', 50_000)));
            var status = Assert.Throws<PayloadTooLargeException>(() => context.SetStatus(new string('x', 20_000)));
            return $"{input.Message} {status.Message}";
        });
        Assert.Contains("The input of activity 'gated' has 50002 bytes", ended.ReadOutput<string>(), StringComparison.Ordinal);
        Assert.Contains("The status of run 'run' has 20002 bytes", ended.ReadOutput<string>(), StringComparison.Ordinal);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
