using ClickFuncs.Windows;

namespace ClickFuncs.Processing;

/// <summary>Takes the rows of committed units to where queries see them.</summary>
public interface IRowPublisher
{
    /// <summary>Completes when the rows are durable and visible. The rows are borrowed until then.</summary>
    Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken);
}
