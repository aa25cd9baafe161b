using System.Reflection;
using Xunit.Sdk;

namespace ClickFuncs.Functions.Tests.Services;

/// <summary>Runs every test of a contract suite that is not discovered by itself, so that the whole of it can be skipped with a reason.</summary>
internal static class ContractRun
{
    public static async Task AllAsync<TContract>()
        where TContract : new()
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var test in typeof(TContract).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            var data = test.GetCustomAttributes<DataAttribute>().SelectMany(attribute => attribute.GetData(test)).DefaultIfEmpty([]);
            foreach (var arguments in data)
            {
                count++;
                if (await FailureOfAsync(new TContract(), test, arguments) is { } failure)
                    failures.Add($"{test.Name}({string.Join(", ", arguments)}): {failure}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {count} failed:\n{string.Join("\n", failures)}");
        Assert.NotEqual(0, count);
    }

    private static async Task<Exception?> FailureOfAsync(object contract, MethodInfo test, object?[] arguments)
    {
        try
        {
            if (contract is IAsyncLifetime before)
                await before.InitializeAsync();
            if (test.Invoke(contract, arguments) is Task running)
                await running;
            if (contract is IAsyncLifetime after)
                await after.DisposeAsync();
            return null;
        }
        catch (Exception failure)
        {
            return failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
        }
    }
}
