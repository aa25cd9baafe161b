using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Local.Closing;

/// <summary>Follows a close until it has ended, telling how far it is on a terminal.</summary>
internal sealed class CloseProgressLine(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly bool _isTerminal = !Console.IsErrorRedirected;

    /// <summary>Waits for the end of a run.</summary>
    /// <param name="get">Asks where it is.</param>
    /// <param name="cancellationToken">Stops waiting; the run goes on.</param>
    public async Task<WorkflowStatus> FollowAsync(Func<CancellationToken, Task<WorkflowStatus>> get, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var last = ""; ;)
        {
            var status = await get(cancellationToken);
            var text = Text(status);
            if (_isTerminal && text != last)
                await Console.Error.WriteAsync($"\r{(last = text).PadRight(100)}");
            if (status.HasEnded)
            {
                if (_isTerminal)
                    await Console.Error.WriteAsync($"\r{new string(' ', 100)}\r");
                return status;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static string Text(WorkflowStatus status)
    {
        if (status.CustomStatus is null)
            return $"{status.InstanceId}: {status.State}";
        var progress = WorkflowJson.Read<CloseProgress>(status.CustomStatus, "the progress of a close");
        var share = progress.Total is { } total ? $" {progress.Done} of {total}" : "";
        return $"{status.InstanceId}: {progress.Phase}{share} {progress.Waiting}";
    }
}
