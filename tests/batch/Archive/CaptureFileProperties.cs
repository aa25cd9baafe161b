using System.Globalization;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>A damaged file is refused or read, but never crashes the reader, makes it hang or take memory that the file does not fill.</summary>
public sealed class CaptureFileProperties
{
    private const int MaxBlockBytes = 1 << 20;
    private static readonly int Seeds = int.Parse(
        Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS") ?? "2000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(AvroCodec.Null)]
    [InlineData(AvroCodec.Deflate)]
    public async Task ReadAll_CutOffAnywhere_IsRefused(AvroCodec codec)
    {
        var header = (await CaptureFiles.WriteAsync(codec, 0)).Length - (codec == AvroCodec.Null ? 18 : 20);
        var file = await CaptureFiles.WriteAsync(codec, 0, CaptureFiles.Random(new Random(1), 6, maxBody: 40));
        for (var length = 0; length < file.Length; length++)
        {
            // A header without a block is a whole file of no records: that is for the sequence numbers of the next one to tell.
            if (length == header)
                Assert.Empty(await CapturedEvent.ReadAllAsync(file[..length]));
            else
                await Assert.ThrowsAsync<ArchiveCorruptException>(() => CapturedEvent.ReadAllAsync(file[..length]));
        }
    }

    [Fact]
    public async Task ReadAll_DamagedAnyhow_IsReadOrRefused()
    {
        byte[][] originals =
        [
            await CaptureFiles.WriteAsync(AvroCodec.Null, 3, CaptureFiles.Random(new Random(1), 12, maxBody: 60)),
            await CaptureFiles.WriteAsync(AvroCodec.Deflate, 3, CaptureFiles.Random(new Random(2), 12, maxBody: 60)),
            await CaptureFiles.WriteAsync(AvroCodec.Null, 3),
        ];
        var refused = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var damaged = Damage(random, originals[random.Next(originals.Length)]);
            try
            {
                await CapturedEvent.ReadAllAsync(damaged, MaxBlockBytes);
            }
            catch (ArchiveCorruptException)
            {
                refused++;
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {failure}");
            }
        }

        Assert.True(refused > Seeds / 2, $"Only {refused} of {Seeds} damaged files were refused.");
    }

    private static byte[] Damage(Random random, byte[] original)
    {
        var bytes = original.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, random.Next(1, 12)));
                    break;
            }

            if (bytes.Count == 0)
                bytes.Add(0);
        }

        return [.. bytes];
    }
}
