using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Testing.Workflows;

/// <summary>Does what a plan says.</summary>
public sealed class PlanWorkflow : Workflow<Plan, string>
{
    public static readonly Activity<PlanCall, string> Effect = new(
        "effect", new RetryPolicy { Attempts = Plan.Attempts, FirstDelay = TimeSpan.FromSeconds(2) });

    public override string Name => "plan";

    public override async Task<string> RunAsync(IWorkflowContext context, Plan input)
    {
        context.SetStatus(new { input.Key });
        switch (input.Kind)
        {
            case PlanKind.Call:
                return await CallAsync(context, input);
            case PlanKind.Timer:
                await context.DelayUntilAsync(context.Now.AddSeconds(input.Number));
                return $"{input.Number}s";
            case PlanKind.Sequence:
                var answers = new List<string>();
                foreach (var part in input.Parts)
                    answers.Add(await RunAsync(context, part));
                return Joined(input, answers);
            case PlanKind.Parallel:
                return Joined(input, await Task.WhenAll(input.Parts.Select(part => RunAsync(context, part))));
            case PlanKind.FanOut:
                return Joined(input, await context.FanOutAsync(input.Parts, input.Number, RunAsync));
            default:
                var child = await context.CallWorkflowAsync(this, $"{context.InstanceId}.{input.Key}", input with { Kind = PlanKind.Sequence });
                return "Child" + child["Sequence".Length..];
        }
    }

    private static string Joined(Plan plan, IEnumerable<string> answers) => $"{plan.Kind}({string.Join(',', answers)})";

    private static async Task<string> CallAsync(IWorkflowContext context, Plan plan)
    {
        try
        {
            return await context.CallAsync(Effect, new PlanCall(plan.Key, plan.Number, context.NewGuid(), context.Now));
        }
        catch (ActivityFailedException)
        {
            return $"no {plan.Key}";
        }
    }
}

/// <summary>The input of a plan's activity; ids and times are in it so that a replay which gives others diverges.</summary>
public sealed record PlanCall(string Key, int Failures, Guid Id, DateTimeOffset At);
