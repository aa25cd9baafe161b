using System.Text;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>A statement being written together with its parameters. Only text of this program goes into the statement; every value is bound.</summary>
internal sealed class BoundSql
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _values = [];

    /// <summary>Appends program text.</summary>
    internal BoundSql Write(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Adds a value; the result is its place in the text. An int is bound as INTEGER, a long as BIGINT, so that columns compare without a cast; text as VARCHAR.</summary>
    internal string Add(int value) => AddValue(value);

    /// <inheritdoc cref="Add(int)"/>
    internal string Add(long value) => AddValue(value);

    /// <inheritdoc cref="Add(int)"/>
    internal string Add(string value) => AddValue(value);

    /// <summary>Adds a list of BIGINT as one parameter; the result is an expression that is that list.</summary>
    internal string Add(IEnumerable<long> values) => $"string_split({AddValue(string.Join(',', values))}, ',')::BIGINT[]";

    /// <summary>Runs it for the number of rows changed.</summary>
    internal long Execute(DuckDbConnection connection)
    {
        using var statement = Prepare(connection);
        return statement.Execute();
    }

    /// <summary>Prepares and binds it; dispose it after reading.</summary>
    internal DuckDbStatement Prepare(DuckDbConnection connection)
    {
        var statement = connection.Prepare(_text.ToString());
        for (var i = 0; i < _values.Count; i++)
        {
            _ = _values[i] switch
            {
                int number => statement.Bind(i + 1, number),
                long number => statement.Bind(i + 1, number),
                var text => statement.Bind(i + 1, (string)text),
            };
        }

        return statement;
    }

    private string AddValue(object value)
    {
        _values.Add(value);
        return FormattableString.Invariant($"${_values.Count}");
    }
}
