using ClickFuncs.Batch.Workflows;
using ClickFuncs.Testing.Workflows;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>The effect of a plan: fails as often as the plan says, then tells in which try it succeeded.</summary>
internal static class PlanEffect
{
    public static Task<string> RunAsync(PlanCall call, ActivityContext context) => context.Attempt <= call.Failures
        ? throw new InvalidDataException($"no luck with {call.Key}")
        : Task.FromResult($"{call.Key} in {context.Attempt}");
}
