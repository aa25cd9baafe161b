namespace ClickFuncs.Batch.Workflows;

/// <summary>On whose behalf an activity runs.</summary>
/// <param name="InstanceId">Id of the run.</param>
/// <param name="Execution">Which execution of that id, from 1.</param>
/// <param name="Step">Which step of it, from 0. With id and execution it names the call: an idempotency key for the world outside.</param>
/// <param name="Attempt">Which try, from 1; one that was cut off by a crash is made again under the same number.</param>
/// <param name="CancellationToken">Cancelled when the run is cancelled or the runner stops; honour it, both wait for the activity.</param>
public sealed record ActivityContext(string InstanceId, int Execution, int Step, int Attempt, CancellationToken CancellationToken);
