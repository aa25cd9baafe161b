using System.Buffers;
using System.IO.Pipelines;
using ClickFuncs.Api.Redirect.Wire;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>A connection that was begun by another reader is met as if it were not.</summary>
public sealed class ReadAheadReaderTests
{
    [Fact]
    public async Task Bytes_HoweverSplitAndTaken_ComeOnceAndInOrder()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var sent = new byte[random.Next(1, 200)];
            random.NextBytes(sent);
            var split = random.Next(1, sent.Length + 1);
            var pipe = new Pipe();
            var writing = WriteAsync(pipe.Writer, sent[split..], new Random(seed));

            var taken = await TakeAllAsync(new ReadAheadReader(sent[..split], pipe.Reader), random);

            await writing;
            Assert.True(sent.AsSpan().SequenceEqual(taken), $"Seed {seed}: {taken.Length} bytes of {sent.Length} are not what was sent.");
        }
    }

    [Fact]
    public async Task ReadAsync_NotAllExamined_ComesBackWithoutWaiting()
    {
        var reader = new ReadAheadReader([1, 2, 3], new Pipe().Reader);
        var read = await reader.ReadAsync();
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.GetPosition(2));

        Assert.Equal([1, 2, 3], (await reader.ReadAsync()).Buffer.ToArray());
    }

    [Fact]
    public async Task ReadAsync_AllExamined_WaitsForTheRest()
    {
        var pipe = new Pipe();
        var reader = new ReadAheadReader([1, 2, 3], pipe.Reader);
        var read = await reader.ReadAsync();
        reader.AdvanceTo(read.Buffer.GetPosition(1), read.Buffer.End);

        var more = reader.ReadAsync();
        Assert.False(more.IsCompleted);
        await pipe.Writer.WriteAsync(new byte[] { 4 });
        Assert.Equal([2, 3, 4], (await more).Buffer.ToArray());
    }

    [Fact]
    public async Task CancelPendingRead_WhileItWaits_EndsTheWait()
    {
        var reader = new ReadAheadReader([1], new Pipe().Reader);
        var read = await reader.ReadAsync();
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        var more = reader.ReadAsync();

        reader.CancelPendingRead();

        Assert.True((await more).IsCanceled);
    }

    private static async Task WriteAsync(PipeWriter writer, byte[] bytes, Random random)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = random.Next(1, bytes.Length - at + 1);
            await writer.WriteAsync(bytes.AsMemory(at, length));
            at += length;
            await Task.Yield();
        }

        await writer.CompleteAsync();
    }

    // Takes some, looks at all or not, as a parser does that finds no end.
    private static async Task<byte[]> TakeAllAsync(PipeReader reader, Random random)
    {
        var taken = new List<byte>();
        while (true)
        {
            if (!reader.TryRead(out var read))
                read = await reader.ReadAsync();
            var length = read.IsCompleted ? read.Buffer.Length : random.Next((int)read.Buffer.Length + 1);
            var consumed = read.Buffer.GetPosition(length);
            taken.AddRange(read.Buffer.Slice(0, consumed).ToArray());
            reader.AdvanceTo(consumed, random.Next(2) == 0 ? consumed : read.Buffer.End);
            if (read.IsCompleted)
                return [.. taken];
        }
    }
}
