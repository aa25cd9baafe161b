using System.Collections.Concurrent;
using System.Text;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// Every id, device, country and currency as a number, so that rows are numbers only. The writer adds names; readers look
/// them up at any time. All names stay in memory: about 150 bytes each.
/// </summary>
/// <remarks>A name is known to readers before its transaction commits, so that no reader meets a number without a name.
/// If that transaction fails, the next one writes the name: numbers are never given twice.</remarks>
internal sealed class NameTable
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _names = new string[1024];
    private int _count;
    private int _durable;

    /// <summary>The number of a name, if any row ever held it.</summary>
    internal bool TryFind(string name, out int number) => _numbers.TryGetValue(name, out number);

    /// <summary>The name of a number read from a row.</summary>
    internal string this[int number] => _names[number];

    /// <summary>Reads all names when the store is opened.</summary>
    internal static NameTable Load(DuckDbConnection connection)
    {
        var table = new NameTable();
        using var reader = connection.Query("SELECT id, name FROM names ORDER BY id");
        while (reader.Read())
        {
            if (table.Add(reader.GetString(1)) != reader.GetInt32(0))
                throw new AnalyticsStoreException($"The table names has no row for number {table._count - 1}, or two.");
        }

        table._durable = table._count;
        return table;
    }

    /// <summary>The number of a name, given now if it is new. Writer only.</summary>
    internal int Intern(ReadOnlySpan<byte> utf8) => Intern(Encoding.UTF8.GetString(utf8));

    /// <inheritdoc cref="Intern(ReadOnlySpan{byte})"/>
    internal int Intern(string name) => _numbers.TryGetValue(name, out var number) ? number : Add(name);

    /// <summary>Adds the names that no commit holds yet to the current transaction. Writer only.</summary>
    internal void Write(DuckDbConnection connection)
    {
        if (_durable == _count)
            return;
        using var appender = connection.CreateAppender("names");
        for (var next = _durable; next < _count;)
        {
            var numbers = appender.Column<int>(0);
            var rows = Math.Min(appender.Capacity, _count - next);
            for (var row = 0; row < rows; row++, next++)
            {
                numbers[row] = next;
                appender.SetText(1, row, Encoding.UTF8.GetBytes(_names[next]));
            }

            appender.Append(rows);
        }

        appender.Flush();
    }

    /// <summary>Call after the commit of what <see cref="Write"/> added. Writer only.</summary>
    internal void MarkDurable() => _durable = _count;

    private int Add(string name)
    {
        if (_count == _names.Length)
        {
            var larger = _names;
            Array.Resize(ref larger, _count * 2);
            _names = larger;
        }

        _names[_count] = name;
        _numbers[name] = _count;
        return _count++;
    }
}
