using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Recount;

/// <summary>Takes marks into the table <c>marks</c>.</summary>
internal sealed class MarkWriter(DuckDbConnection connection) : IDisposable
{
    private readonly DuckDbAppender _appender = connection.CreateAppender("marks");
    private int _row;

    /// <summary>Marks that are not written yet.</summary>
    internal List<CopyMark> Pending { get; } = [];

    /// <summary>Writes them.</summary>
    internal void Write()
    {
        foreach (var mark in Pending)
        {
            _appender.Column<int>(0)[_row] = mark.Partition;
            _appender.Column<long>(1)[_row] = mark.Sequence;
            _appender.Column<byte>(2)[_row] = (byte)mark.Cause;
            _appender.Column<int>(3)[_row] = mark.Counts;
            _appender.Column<int>(4)[_row] = mark.RawClicks;
            if (++_row == _appender.Capacity)
                AppendChunk();
        }

        Pending.Clear();
    }

    /// <summary>Writes them and makes all of them part of the table.</summary>
    internal void Flush()
    {
        Write();
        AppendChunk();
        _appender.Flush();
    }

    public void Dispose() => _appender.Dispose();

    private void AppendChunk()
    {
        _appender.Append(_row);
        _row = 0;
    }
}
