using System.Text;
using ClickFuncs.Batch.Archive.Avro;

namespace ClickFuncs.Batch.Tests.Archive;

/// <summary>A captured event as plain values, to compare.</summary>
internal sealed record CapturedEvent(
    long Sequence, long EnqueuedMs, string Offset, string EnqueuedText, string SystemProperties, string Properties, string? Body)
{
    /// <summary>Every record of a file.</summary>
    public static async Task<List<CapturedEvent>> ReadAllAsync(byte[] file, int maxBlockBytes = CaptureFileReader.MaxBlockBytes)
    {
        await using var reader = await CaptureFileReader.OpenAsync(new MemoryStream(file), "test.avro", CancellationToken.None, maxBlockBytes);
        var events = new List<CapturedEvent>();
        while (await reader.ReadBlockAsync(CancellationToken.None))
        {
            while (reader.TryRead(out var record))
                events.Add(Of(record));
        }

        return events;
    }

    private static CapturedEvent Of(CaptureRecord record) => new(
        record.SequenceNumber,
        record.EnqueuedTimeMs,
        Encoding.UTF8.GetString(record.Offset),
        Encoding.UTF8.GetString(record.EnqueuedTimeUtc),
        Text(record.SystemProperties),
        Text(record.Properties),
        record.HasBody ? Convert.ToHexString(record.Body) : null);

    private static string Text(CaptureProperties properties)
    {
        var text = new StringBuilder();
        foreach (var property in properties)
        {
            var value = property.Type switch
            {
                AvroType.Long => FormattableString.Invariant($"{property.Number}L"),
                AvroType.Double => FormattableString.Invariant($"{property.Real:R}D"),
                AvroType.String => $"'{Encoding.UTF8.GetString(property.Bytes)}'",
                AvroType.Bytes => Convert.ToHexString(property.Bytes),
                _ => "null",
            };
            text.Append(Encoding.UTF8.GetString(property.Name)).Append('=').Append(value).Append(';');
        }

        return text.ToString();
    }
}
