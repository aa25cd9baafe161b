using ClickFuncs.Processing;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Processing;

/// <summary>A sink that keeps the highest version per window and key, and can be made to die before or after it took the rows.</summary>
public sealed class VersionedSink : IRowPublisher
{
    public Dictionary<(long WindowStartMs, DimensionKey Key), (long Version, WindowMetrics Metrics)> Rows { get; } = [];

    /// <summary>Called with <c>before-publish</c> and <c>after-publish</c>.</summary>
    public Action<string> AtStep { get; set; } = _ => { };

    public Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken)
    {
        try
        {
            AtStep("before-publish");
            foreach (var row in rows.Rows)
            {
                var key = (row.WindowStartMs, DimensionKey.Parse(rows.GetKey(row)));
                if (!Rows.TryGetValue(key, out var known) || rows.Version >= known.Version)
                    Rows[key] = (rows.Version, row.Metrics);
            }

            AtStep("after-publish");
            return Task.CompletedTask;
        }
        catch (Exception failure)
        {
            // As a real publisher fails: through the task, later than the call.
            return Task.FromException(failure);
        }
    }
}
