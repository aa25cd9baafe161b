using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>One chunk of the table <c>minute_log</c> being filled, column by column in DuckDB's own memory.</summary>
internal readonly ref struct MinuteColumns
{
    private readonly Span<int> _partition;
    private readonly Span<long> _startMs;
    private readonly Span<int> _key0, _key1, _key2, _key3, _key4, _key5, _key6, _key7, _key8;
    private readonly Span<long> _version, _impressions, _rawClicks, _clicks, _conversions, _spendMicros, _invalidClicks, _overBudgetClicks;

    internal MinuteColumns(DuckDbAppender appender)
    {
        _partition = appender.Column<int>(0);
        _startMs = appender.Column<long>(1);
        _key0 = appender.Column<int>(2);
        _key1 = appender.Column<int>(3);
        _key2 = appender.Column<int>(4);
        _key3 = appender.Column<int>(5);
        _key4 = appender.Column<int>(6);
        _key5 = appender.Column<int>(7);
        _key6 = appender.Column<int>(8);
        _key7 = appender.Column<int>(9);
        _version = appender.Column<long>(10);
        _impressions = appender.Column<long>(11);
        _rawClicks = appender.Column<long>(12);
        _clicks = appender.Column<long>(13);
        _conversions = appender.Column<long>(14);
        _spendMicros = appender.Column<long>(15);
        _invalidClicks = appender.Column<long>(16);
        _overBudgetClicks = appender.Column<long>(17);
        _key8 = appender.Column<int>(18);
    }

    internal void Set(int at, int partition, long version, in WindowRow row, in KeyNumbers key)
    {
        _partition[at] = partition;
        _startMs[at] = row.WindowStartMs;
        _key0[at] = key[0];
        _key1[at] = key[1];
        _key2[at] = key[2];
        _key3[at] = key[3];
        _key4[at] = key[4];
        _key5[at] = key[5];
        _key6[at] = key[6];
        _key7[at] = key[7];
        _key8[at] = key[8];
        _version[at] = version;
        _impressions[at] = row.Metrics.Impressions;
        _rawClicks[at] = row.Metrics.RawClicks;
        _clicks[at] = row.Metrics.Clicks;
        _conversions[at] = row.Metrics.Conversions;
        _spendMicros[at] = row.Metrics.SpendMicros;
        _invalidClicks[at] = row.Metrics.InvalidClicks;
        _overBudgetClicks[at] = row.Metrics.OverBudgetClicks;
    }
}
