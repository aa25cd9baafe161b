using System.Globalization;
using System.Text;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>
/// The time texts of capture files: US order, twelve hours, no padding, whole seconds, UTC. Records that follow each other mostly have the same
/// one, so the last answer is kept.
/// </summary>
internal sealed class EnqueuedTime
{
    /// <summary>The system property that holds the arrival in milliseconds since the Unix epoch.</summary>
    public static ReadOnlySpan<byte> Property => "x-opt-enqueued-time"u8;

    private const string Format = "M/d/yyyy h:mm:ss tt";
    private byte[] _text = [];
    private long _second = long.MinValue;

    /// <summary>The text for an arrival time. Valid until the next call.</summary>
    /// <param name="arrivalMs">Milliseconds since the Unix epoch.</param>
    public ReadOnlySpan<byte> ToText(long arrivalMs)
    {
        var second = Math.DivRem(arrivalMs, 1000, out var rest) - (rest < 0 ? 1 : 0);
        if (second != _second)
            (_second, _text) = (second, Encoding.ASCII.GetBytes(DateTimeOffset.FromUnixTimeSeconds(second).ToString(Format, CultureInfo.InvariantCulture)));
        return _text;
    }

    /// <summary>The arrival time a text says, milliseconds since the Unix epoch.</summary>
    /// <exception cref="AvroFormatException">It says none.</exception>
    public long ToMs(ReadOnlySpan<byte> text)
    {
        if (!text.SequenceEqual(_text))
        {
            var characters = Encoding.UTF8.GetString(text);
            if (!DateTimeOffset.TryParseExact(characters, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                throw new AvroFormatException($"the EnqueuedTimeUtc '{characters}' is no time such as '7/1/2026 1:05:09 PM'");
            (_second, _text) = (time.ToUnixTimeSeconds(), text.ToArray());
        }

        return _second * 1000;
    }
}
