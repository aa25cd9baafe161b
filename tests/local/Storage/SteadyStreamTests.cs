using ClickFuncs.Local.Storage;
using ClickFuncs.Local.Tests.State;

namespace ClickFuncs.Local.Tests.Storage;

/// <summary>A file that is written steadily holds what any other would. That the system never has much of it to write is shown by the redirect's bench.</summary>
public sealed class SteadyStreamTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public SteadyStreamTests() => Directory.CreateDirectory(_folder.Path);

    private string Path => System.IO.Path.Combine(_folder.Path, "file");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task File_WrittenAndRewrittenInAnyPieces_HoldsWhatAMemoryWouldHold()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var memory = new MemoryStream();
            await using (var file = Create())
            {
                foreach (var piece in Pieces(random))
                    await WriteAsync(random, piece, file, memory);
                Assert.Equal((memory.Position, memory.Length), (file.Position, file.Length));
                file.FlushToDisk();
            }

            Assert.True(memory.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(Path)), $"Seed {seed}: the file is not what was written.");
        }
    }

    [Fact]
    public void File_Disposed_IsNotHeldAnyMore()
    {
        var handle = File.OpenHandle(Path, FileMode.Create, FileAccess.Write, FileShare.None);

        new SteadyStream(handle).Dispose();

        Assert.True(handle.IsClosed);
    }

    [Fact]
    public void Read_IsRefused()
    {
        using var file = Create();

        Assert.Throws<NotSupportedException>(() => file.ReadByte());
    }

    private SteadyStream Create() => new(File.OpenHandle(Path, FileMode.Create, FileAccess.Write, FileShare.None));

    // Less than a step, about one, and several at once.
    private static IEnumerable<byte[]> Pieces(Random random)
    {
        int[] most = [100, 100_000, SteadyStream.Step + 1, 3 * SteadyStream.Step];
        for (var i = 0; i < 12; i++)
        {
            var piece = new byte[random.Next(1, most[random.Next(most.Length)])];
            random.NextBytes(piece);
            yield return piece;
        }
    }

    private static async Task WriteAsync(Random random, byte[] piece, SteadyStream file, MemoryStream memory)
    {
        // A footer may name places, and a header may be filled in later.
        var at = random.Next(5) == 0 ? random.NextInt64(memory.Length + 1) : memory.Position;
        (file.Position, memory.Position) = (at, at);
        memory.Write(piece);
        switch (random.Next(4))
        {
            case 0:
                file.Write(piece);
                break;
            case 1:
                file.Write(piece, 0, piece.Length);
                break;
            case 2:
                await file.WriteAsync(piece.AsMemory());
                break;
            default:
#pragma warning disable CA1835 // The older form is what is tried.
                await file.WriteAsync(piece, 0, piece.Length);
#pragma warning restore CA1835
                break;
        }
    }
}
