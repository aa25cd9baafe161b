using System.Text;
using ClickFuncs.Events.Ndjson;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Events.Ndjson;

public sealed class NdjsonLineReaderTests
{
    private const int Limit = NdjsonLineReader.MaxLineBytes;

    private static readonly Gen<string> Pieces = Gen.Frequency(
        (6, Gen.Elements("a", "bc", "\r", "\uFEFF", "é", " ")),
        (4, Gen.Elements("\n", "\r\n", "\n\n")),
        (1, Gen.Elements(Limit - 1, Limit, Limit + 1, Limit + 5, 3 * Limit).Select(n => new string('x', n))));

    private sealed record Line(string Text, long EndOffset, bool IsOversized);

    [Fact]
    public void TryRead_AnyBytesInAnyChunks_AgreesWithSplitting() =>
        Prop.ForAll(Pieces.ListOf().Select(string.Concat).ToArbitrary(), Gen.Elements(1, 7, 1000, 100_000, 10_000_000).ToArbitrary(), (text, chunk) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if (chunk < 1000 && bytes.Length > 10_000)
                chunk = 4096;
            Assert.Equal(Split(bytes, 0), Read(new ChunkedStream(bytes, chunk), 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void TryRead_FromTheEndOfAnyLine_GivesTheRest() =>
        Prop.ForAll(Pieces.ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var lines = Split(bytes, 0);
            for (var i = 0; i < lines.Count; i++)
            {
                var offset = lines[i].EndOffset;
                Assert.Equal(lines[(i + 1)..], Read(new MemoryStream(bytes[(int)offset..]), offset));
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n\n")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\r\n")]
    public void TryRead_NothingButLineEnds_GivesNoLine(string text) =>
        Assert.Empty(Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), 0));

    [Fact]
    public void TryRead_HugeLine_KeepsItsStartAndGoesOn()
    {
        var bytes = Encoding.UTF8.GetBytes("first\n" + new string('y', 5_000_000) + "\nlast");
        Assert.Equal(
            [new Line("first", 6, false), new Line(new string('y', Limit), 5_000_007, true), new Line("last", 5_000_011, false)],
            Read(new ChunkedStream(bytes, 300_000), 0));
    }

    [Fact]
    public async Task FillAsync_Cancelled_Throws()
    {
        using var reader = new NdjsonLineReader(new MemoryStream([1]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.FillAsync(new CancellationToken(true)).AsTask());
    }

    [Fact]
    public async Task FillAsync_Disposed_Throws()
    {
        var reader = new NdjsonLineReader(new MemoryStream([1]));
        reader.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.FillAsync(CancellationToken.None).AsTask());
    }

    private static List<Line> Read(Stream stream, long offset)
    {
        var lines = new List<Line>();
        using var reader = new NdjsonLineReader(stream, offset);
        while (Fill(reader))
        {
            while (reader.TryRead(out var line))
                lines.Add(new Line(Encoding.UTF8.GetString(line.Bytes), line.EndOffset, line.IsOversized));
        }

        return lines;
    }

    // The streams of these tests are memory and complete at once.
    private static bool Fill(NdjsonLineReader reader)
    {
        var fill = reader.FillAsync(CancellationToken.None).AsTask();
        Assert.True(fill.IsCompletedSuccessfully);
        return fill.Result;
    }

    private static List<Line> Split(byte[] bytes, int start)
    {
        var lines = new List<Line>();
        while (start < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            var next = end < 0 ? bytes.Length : end + 1;
            var line = bytes[start..(end < 0 ? bytes.Length : end)];
            if (start == 0 && line.AsSpan().StartsWith(Encoding.UTF8.Preamble))
                line = line[3..];
            if (line.Length > 0 && line[^1] == '\r')
                line = line[..^1];
            if (line.Length > 0)
                lines.Add(new Line(Encoding.UTF8.GetString(line[..Math.Min(line.Length, Limit)]), next, line.Length > Limit));
            start = next;
        }

        return lines;
    }

    /// <summary>Gives at most so many bytes at a time, as pipes and sockets do.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
