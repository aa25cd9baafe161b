using System.Reflection;
using ClickFuncs.Simulation.Tests.Scheduling;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>
/// A port as one process sees it: behind every call lies a network, on which the call or its answer may be slow or lost, and at every call the
/// caller may be killed or stopped. The effect itself happens at one moment. Calls that answer at once (a position, a list) are passed through.
/// </summary>
public class RemotePort : DispatchProxy
{
    private static readonly MethodInfo TaskCall = Generic(nameof(CallTaskAsync));
    private static readonly MethodInfo ValueTaskCall = Generic(nameof(CallValueTask));
    private static readonly Dictionary<Type, MethodInfo> Calls = [];
    private object _target = null!;
    private Network _network = null!;
    private SimulatedProcess _caller = null!;

    /// <summary>The port for a process.</summary>
    internal static TPort For<TPort>(TPort target, Network network, SimulatedProcess caller)
        where TPort : class
    {
        var proxy = Create<TPort, RemotePort>();
        var port = (RemotePort)(object)proxy;
        (port._target, port._network, port._caller) = (target, network, caller);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.ReturnType;
        if (type == typeof(Task))
            return CallTaskAsync<object?>(targetMethod, args);
        if (type == typeof(ValueTask))
            return new ValueTask(CallTaskAsync<object?>(targetMethod, args));
        if (!type.IsGenericType || (type.GetGenericTypeDefinition() != typeof(Task<>) && type.GetGenericTypeDefinition() != typeof(ValueTask<>)))
            return targetMethod.Invoke(_target, BindingFlags.DoNotWrapExceptions, null, args, null);
        lock (Calls)
        {
            if (!Calls.TryGetValue(type, out var call))
            {
                call = (type.GetGenericTypeDefinition() == typeof(Task<>) ? TaskCall : ValueTaskCall).MakeGenericMethod(type.GenericTypeArguments[0]);
                Calls.Add(type, call);
            }

            return call.Invoke(this, [targetMethod, args]);
        }
    }

    private ValueTask<T> CallValueTask<T>(MethodInfo method, object?[]? args) => new(CallTaskAsync<T>(method, args));

    private async Task<T> CallTaskAsync<T>(MethodInfo method, object?[]? args)
    {
        await _network.CrossAsync(_caller);
        var answer = await EffectAsync<T>(method, args);
        await _network.CrossAsync(_caller);
        return answer;
    }

    private async Task<T> EffectAsync<T>(MethodInfo method, object?[]? args)
    {
        switch (method.Invoke(_target, BindingFlags.DoNotWrapExceptions, null, args, null))
        {
            case Task<T> task:
                return await task;
            case ValueTask<T> task:
                return await task;
            case ValueTask task:
                await task;
                return default!;
            case Task task:
                await task;
                return default!;
            default:
                throw new InvalidOperationException($"{method.Name} answers with what nobody expected.");
        }
    }

    private static MethodInfo Generic(string name) => typeof(RemotePort).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
