using System.Reflection;
using ClickFuncs.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace ClickFuncs.Functions.Tests.Counting;

/// <summary>What the compiler lets pass of the triggers' attributes.</summary>
public sealed class TriggerAttributeTests
{
    private static readonly IReadOnlyList<MethodInfo> Functions =
        [.. typeof(AzureApp).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    // The host moves its checkpoint when tries are over, whether or not one succeeded: clicks would be skipped.
    [Fact]
    public void EventHubTriggers_All_AreTriedForEverAndWaitLongerEachTime()
    {
        var triggers = Functions.Where(method => Trigger<EventHubTriggerAttribute>(method) is not null).ToList();
        Assert.Equal(3, triggers.Count);
        Assert.All(triggers, method =>
        {
            var retry = method.GetCustomAttribute<ExponentialBackoffRetryAttribute>();
            Assert.Equal(-1, retry?.MaxRetryCount);
            Assert.InRange(TimeSpan.Parse(retry!.MinimumInterval), TimeSpan.FromTicks(1), TimeSpan.Parse(retry.MaximumInterval) - TimeSpan.FromTicks(1));
        });
    }

    [Fact]
    public void Timers_All_HaveSixFields() => Assert.All(
        Functions.Select(Trigger<TimerTriggerAttribute>).OfType<TimerTriggerAttribute>(), timer => Assert.Equal(6, timer.Schedule.Split(' ').Length));

    [Fact]
    public void Names_All_AreListedInTheReadme()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "README.md"));
        Assert.All(Functions, method => Assert.Contains($"`{method.GetCustomAttribute<FunctionAttribute>()!.Name}`", readme, StringComparison.Ordinal));
    }

    private static T? Trigger<T>(MethodInfo method)
        where T : Attribute => method.GetParameters().Select(parameter => parameter.GetCustomAttribute<T>()).FirstOrDefault(attribute => attribute is not null);
}
