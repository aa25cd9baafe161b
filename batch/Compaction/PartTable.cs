using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Compaction;

/// <summary>A table being filled. Rows move into the database in small portions, where the memory limit holds for them.</summary>
internal abstract class PartTable : IDisposable
{
    private const int RowsPerFlush = 8 * 1024;
    private const long TextBytesPerFlush = 4 * 1024 * 1024;

    private readonly DuckDbAppender _appender;
    private int _unflushedRows;
    private long _textBytes;

    protected PartTable(DuckDbConnection connection, string name, string columns)
    {
        Name = name;
        connection.Execute($"CREATE TABLE {name} ({columns})");
        _appender = connection.CreateAppender(name);
    }

    internal string Name { get; }

    /// <summary>Row of the chunk that is being filled.</summary>
    protected int Row { get; private set; }

    protected void Set<T>(int column, T value)
        where T : unmanaged => _appender.Column<T>(column)[Row] = value;

    protected void SetText(int column, ReadOnlySpan<byte> utf8)
    {
        _appender.SetText(column, Row, utf8);
        _textBytes += utf8.Length;
    }

    protected void SetBytes(int column, ReadOnlySpan<byte> bytes)
    {
        _appender.SetBytes(column, Row, bytes);
        _textBytes += bytes.Length;
    }

    protected void EndRow()
    {
        if (++Row == _appender.Capacity || _textBytes >= TextBytesPerFlush)
            AppendChunk();
        if (_unflushedRows >= RowsPerFlush || _textBytes >= TextBytesPerFlush)
            Flush();
    }

    /// <summary>Puts all rows into the table.</summary>
    internal void Flush()
    {
        AppendChunk();
        _appender.Flush();
        (_unflushedRows, _textBytes) = (0, 0);
    }

    public void Dispose() => _appender.Dispose();

    private void AppendChunk()
    {
        if (Row == 0)
            return;
        _appender.Append(Row);
        _unflushedRows += Row;
        Row = 0;
    }
}
