using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Tests.DuckDb;

public sealed class DuckDbTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(DuckDbDatabase.InMemory, ("threads", "2"));
    private readonly DuckDbConnection _connection;

    public DuckDbTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void LibraryVersion_Always_IsTheOneThatWasLocked() => Assert.Equal("v1.5.6", DuckDbDatabase.LibraryVersion);

    [Fact]
    public void Read_EveryType_GivesTheExactValue()
    {
        using var reader = _connection.Query(
            """
            SELECT 7::INTEGER, '-9223372036854775808'::BIGINT, 170141183460469231731687303715884105727::HUGEINT, 'twelve bytes',
                   'more than twelve bytes, å', TIMESTAMP '1970-01-01 00:00:01', true, 1.5::DOUBLE, NULL::INTEGER
            """);
        Assert.True(reader.Read());
        Assert.Equal(7, reader.GetInt32(0));
        Assert.Equal(long.MinValue, reader.GetInt64(1));
        Assert.Equal(Int128.MaxValue, reader.GetInt128(2));
        Assert.Equal("twelve bytes", reader.GetString(3));
        Assert.Equal("more than twelve bytes, å", reader.GetString(4));
        Assert.Equal(1_000_000, reader.GetTimestampMicros(5));
        Assert.True(reader.GetBoolean(6));
        Assert.Equal(1.5, reader.GetDouble(7));
        Assert.False(reader.IsNull(7));
        Assert.True(reader.IsNull(8));
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("12.34", 4, 2)]
    [InlineData("-12345.6789", 9, 4)]
    [InlineData("-123456789012.345678", 18, 6)]
    [InlineData("1234567890123456789012.345678", 38, 6)]
    public void GetDecimal_AnyStorageWidth_IsExact(string text, int width, int scale)
    {
        using var reader = _connection.Query($"SELECT '{text}'::DECIMAL({width}, {scale})");
        Assert.True(reader.Read());
        Assert.Equal(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture), reader.GetDecimal(0));
    }

    [Fact]
    public void GetInt64_OfAnotherType_Throws()
    {
        using var reader = _connection.Query("SELECT 1::INTEGER AS one");
        Assert.True(reader.Read());
        var error = Assert.Throws<InvalidCastException>(() => reader.GetInt64(0));
        Assert.Equal("Column one is Integer, not BigInt.", error.Message);
    }

    [Fact]
    public void Prepare_WithParameters_BindsThem()
    {
        using var statement = _connection.Prepare("SELECT $1 + $2, $3 || '!', $4 IS NULL, $5");
        statement.Bind(1, 40).Bind(2, 2L).Bind(3, "Blåbær").Bind(4, null).BindTimestamp(5, 12);
        using var reader = statement.Query();
        Assert.True(reader.Read());
        Assert.Equal(42, reader.GetInt64(0));
        Assert.Equal("Blåbær!", reader.GetString(1));
        Assert.True(reader.GetBoolean(2));
        Assert.Equal(12, reader.GetTimestampMicros(3));
        Assert.Throws<DuckDbException>(() => statement.Bind(6, 1));
    }

    [Fact]
    public void Execute_WhatIsNoSql_ThrowsDuckDbsMessage() =>
        Assert.Contains("syntax error", Assert.Throws<DuckDbException>(() => _connection.Execute("SELEC 1")).Message, StringComparison.Ordinal);

    [Fact]
    public void QueryStreaming_ManyRows_GivesAllOfThem()
    {
        using var statement = _connection.Prepare("SELECT i FROM range($1::BIGINT) t(i)");
        using var reader = statement.Bind(1, 100_000L).QueryStreaming();
        var sum = 0L;
        while (reader.Read())
            sum += reader.GetInt64(0);
        Assert.Equal(99_999L * 100_000 / 2, sum);
    }

    [Fact]
    public void QueryStreaming_FailureOnTheWay_IsNoEarlyEnd()
    {
        using var statement = _connection.Prepare(
            "SELECT CASE WHEN i = 900000 THEN error('row 900000 is bad')::BIGINT ELSE i END FROM range(1000000) t(i)");
        using var reader = statement.QueryStreaming();
        var rows = 0;
        var error = Assert.Throws<DuckDbException>(() =>
        {
            while (reader.Read())
                rows++;
        });
        Assert.Contains("row 900000 is bad", error.Message, StringComparison.Ordinal);
        Assert.InRange(rows, 1, 900_000);
    }

    [Fact]
    public void Append_MoreThanOneChunk_ArrivesWhole()
    {
        _connection.Execute("CREATE TABLE t (n INTEGER, wide HUGEINT, word VARCHAR)");
        const int rows = 5000;
        using (var appender = _connection.CreateAppender("t"))
        {
            for (var next = 0; next < rows;)
            {
                var n = appender.Column<int>(0);
                var wide = appender.Column<Int128>(1);
                var filled = 0;
                for (; filled < appender.Capacity && next < rows; filled++, next++)
                {
                    (n[filled], wide[filled]) = (next, (Int128)next << 70);
                    if (next % 5 == 0)
                        appender.SetNull(2, filled);
                    else
                        appender.SetText(2, filled, System.Text.Encoding.UTF8.GetBytes($"row number {next}"));
                }

                appender.Append(filled);
            }

            appender.Flush();
        }

        using var reader = _connection.Query("SELECT n, wide, word FROM t ORDER BY n");
        for (var expected = 0; expected < rows; expected++)
        {
            Assert.True(reader.Read());
            Assert.Equal(expected, reader.GetInt32(0));
            Assert.Equal((Int128)expected << 70, reader.GetInt128(1));
            Assert.Equal(expected % 5 == 0, reader.IsNull(2));
            if (expected % 5 != 0)
                Assert.Equal($"row number {expected}", reader.GetString(2));
        }

        Assert.False(reader.Read());
    }

    [Fact]
    public void Append_UnsignedNumbersAndBytes_ArriveAsTheyAre()
    {
        _connection.Execute("CREATE TABLE t (small UTINYINT, big UBIGINT, bytes BLOB)");
        // Short ones lie inside the string, long ones beside it; neither has to be text.
        byte[][] blobs = [[], [0xff], [.. Enumerable.Repeat((byte)0xfe, 12)], [.. Enumerable.Repeat((byte)0xfd, 13)], [1, 0, 2]];
        using (var appender = _connection.CreateAppender("t"))
        {
            for (var i = 0; i < blobs.Length; i++)
            {
                appender.Column<byte>(0)[i] = (byte)(255 - i);
                appender.Column<ulong>(1)[i] = ulong.MaxValue - (ulong)i;
                appender.SetBytes(2, i, blobs[i]);
                Assert.Throws<InvalidCastException>(() => appender.SetText(2, 0, "x"u8));
            }

            appender.Append(blobs.Length);
            appender.Flush();
        }

        using var reader = _connection.Query("SELECT small, big, bytes FROM t ORDER BY small DESC");
        for (var i = 0; i < blobs.Length; i++)
        {
            Assert.True(reader.Read());
            Assert.Equal(255 - i, reader.GetByte(0));
            Assert.Equal(ulong.MaxValue - (ulong)i, reader.GetUInt64(1));
            Assert.Equal(blobs[i], reader.GetBytes(2).ToArray());
        }
    }

    [Fact]
    public void SetText_AnyLength_IsEqualToTheSameTextInSql()
    {
        _connection.Execute("CREATE TABLE t (word VARCHAR)");
        string[] words = ["", "a", "twelve bytes", "thirteen byte", "a longer text, å"];
        using (var appender = _connection.CreateAppender("t"))
        {
            // Longer ones first in the same place: nothing of them may be left behind a shorter one.
            foreach (var word in words.Reverse())
            {
                appender.SetText(0, 0, System.Text.Encoding.UTF8.GetBytes(word));
                appender.Append(1);
            }

            appender.Flush();
        }

        foreach (var word in words)
        {
            using var statement = _connection.Prepare("SELECT count(*) FROM t WHERE word = $1");
            using var reader = statement.Bind(1, word).Query();
            Assert.True(reader.Read());
            Assert.Equal(1, reader.GetInt64(0));
        }
    }

    [Fact]
    public void SetText_LongTextThatIsNoUtf8_IsNull()
    {
        _connection.Execute("CREATE TABLE t (word VARCHAR)");
        using (var appender = _connection.CreateAppender("t"))
        {
            appender.SetText(0, 0, [.. Enumerable.Repeat((byte)0xff, 20)]);
            appender.Append(1);
            appender.Flush();
        }

        using var reader = _connection.Query("SELECT word FROM t");
        Assert.True(reader.Read());
        Assert.True(reader.IsNull(0));
    }

    [Fact]
    public void Append_WithoutFlushOrRolledBack_LeavesNothing()
    {
        _connection.Execute("CREATE TABLE t (n INTEGER)");
        using (var appender = _connection.CreateAppender("t"))
            appender.Append(1);
        using (_connection.BeginTransaction())
        {
            using var appender = _connection.CreateAppender("t");
            appender.Append(1);
            appender.Flush();
        }

        using var reader = _connection.Query("SELECT count(*) FROM t");
        Assert.True(reader.Read());
        Assert.Equal(0, reader.GetInt64(0));
    }

    [Fact]
    public void Open_UnknownSetting_NamesIt() =>
        Assert.Contains("no_such_setting", Assert.Throws<DuckDbException>(
            () => DuckDbDatabase.Open(DuckDbDatabase.InMemory, ("no_such_setting", "1"))).Message, StringComparison.Ordinal);
}
