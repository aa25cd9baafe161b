using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>Capture files to read.</summary>
internal static class CaptureFiles
{
    /// <summary>A file of the product's own writer.</summary>
    public static async Task<byte[]> WriteAsync(AvroCodec codec, long first, params (long ArrivalMs, byte[] Body)[] records)
    {
        using var stream = new MemoryStream();
        var writer = await CaptureFileWriter.CreateAsync(stream, codec, first, CancellationToken.None);
        foreach (var (arrivalMs, body) in records)
        {
            writer.Add(writer.NextSequence, arrivalMs, body);
            await writer.WriteFullBlockAsync(CancellationToken.None);
        }

        await writer.CompleteAsync(CancellationToken.None);
        Assert.Equal(stream.Length, writer.Length);
        return stream.ToArray();
    }

    /// <summary>Records with random arrivals, ascending, and bodies of random length.</summary>
    public static (long ArrivalMs, byte[] Body)[] Random(Random random, int count, int maxBody)
    {
        var records = new (long, byte[])[count];
        var arrival = 1_780_000_000_000 + random.Next();
        for (var i = 0; i < count; i++)
        {
            arrival += random.Next(3000);
            var body = new byte[random.Next(maxBody + 1)];
            random.NextBytes(body);
            records[i] = (arrival, body);
        }

        return records;
    }
}
