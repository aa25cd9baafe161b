using ClickFuncs.Api.Redirect;

namespace ClickFuncs.Api.Tests.Redirect;

public sealed class RandomBlockTests
{
    [Fact]
    public void Fill_AcrossBlocksAndThreads_NeverRepeats()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<UInt128, byte>();
        Parallel.For(0, 4, _ =>
        {
            var bytes = new byte[16];
            for (var i = 0; i < 1000; i++)
            {
                RandomBlock.Fill(bytes);
                Assert.True(seen.TryAdd(System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(bytes), 0));
            }
        });
    }
}
