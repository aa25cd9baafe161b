using System.Globalization;

namespace ClickFuncs.Bench.Workload;

/// <summary>
/// Writes an event as a line of JSON. An event follows from the seed and its number alone, so a repeat is the same line
/// without anything being kept.
/// </summary>
internal sealed class WorkloadLine(WorkloadOptions options, WorkloadOrder order)
{
    /// <summary>No line is longer, in bytes.</summary>
    public const int MaxBytes = 1024;

    private const int MinuteMs = 60_000;
    private const int UsersBits = 20;

    private static readonly string[] Devices = ["mobile", "desktop", "tablet", "tv"];
    private static readonly string[] Countries = ["NO", "DE", "US", "JP", "BR", "IN", "GB", "ZA"];

    private static readonly string[] UserAgents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile",
        "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0",
    ];

    private readonly WorkloadAds _ads = new(options);
    private int _length;

    /// <summary>Writes the event with this number and a line feed.</summary>
    /// <returns>Bytes written.</returns>
    public int Write(int number, Span<byte> line)
    {
        _length = 0;
        var random = new WorkloadRandom(options.Seed, (ulong)number);
        var kind = random.Below(1000);
        var isConversion = kind < options.ConversionsPerMille;
        var isClick = kind >= options.ConversionsPerMille + options.ImpressionsPerMille;
        // The squared draw makes some ads far more popular than others.
        var ad = (int)((long)random.Below(_ads.Count) * (random.Below(_ads.Count) + 1) / _ads.Count);

        Put(line, isClick ? "{\"type\":\"click\""u8 : isConversion ? "{\"type\":\"conversion\""u8 : "{\"type\":\"impression\""u8);
        PutId(line, isClick ? number : (number + order.Unique - 1) % order.Unique);
        Put(line, _ads.Fields(ad));
        Put(line, ",\"user_id\":\"usr_"u8);
        Format(line, random.Below(1 << UsersBits), "x8");
        Put(line, "\""u8);
        if (isClick)
            Put(line, _ads.Cost(ad));
        PutAddress(line, random.Below(1 << 17));
        Put(line, ",\"user_agent\":\""u8);
        PutText(line, UserAgents[random.Below(UserAgents.Length)]);
        Put(line, "\",\"event_time\":\""u8);
        Format(line, DateTimeOffset.FromUnixTimeMilliseconds(EventTime(number, ref random)), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        Put(line, "\",\"referrer\":\"https://example.org/\",\"device\":\""u8);
        PutText(line, Devices[random.Below(Devices.Length)]);
        Put(line, "\",\"country\":\""u8);
        PutText(line, Countries[random.Below(Countries.Length)]);
        Put(line, "\"}\n"u8);
        return _length;
    }

    private long EventTime(int number, ref WorkloadRandom random)
    {
        var span = options.Minutes * MinuteMs;
        return number < order.Late
            ? options.StartMs + span - (20 * MinuteMs) - random.Below(160 * MinuteMs)
            : options.StartMs + random.Below(span);
    }

    // What is no click takes its neighbour's id, so that ids meet across types, where they are no duplicates.
    private void PutId(Span<byte> line, int number)
    {
        Put(line, ",\"click_id\":\"clk_"u8);
        // Odd factor: different numbers stay different, and don't look like numbers.
        Format(line, unchecked((uint)number * 2_654_435_769u), "x8");
        Format(line, (ushort)options.Seed, "x4");
        Put(line, "\""u8);
    }

    // 198.18.0.0/15 is set aside for benchmarks (RFC 2544).
    private void PutAddress(Span<byte> line, int host)
    {
        Put(line, ",\"ip\":\"198."u8);
        Format(line, 18 + (host >> 16), default);
        Put(line, "."u8);
        Format(line, (host >> 8) & 255, default);
        Put(line, "."u8);
        Format(line, host & 255, default);
        Put(line, "\""u8);
    }

    private void Put(Span<byte> line, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(line[_length..]);
        _length += bytes.Length;
    }

    private void PutText(Span<byte> line, string ascii) => _length += System.Text.Encoding.ASCII.GetBytes(ascii, line[_length..]);

    private void Format<T>(Span<byte> line, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(line[_length..], out var written, format, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("The line is longer than its room.");
        _length += written;
    }
}
