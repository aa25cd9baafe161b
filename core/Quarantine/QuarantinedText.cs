using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;

namespace ClickFuncs.Quarantine;

/// <summary>A quarantined record as people read and mend it. Pure.</summary>
public static class QuarantinedText
{
    /// <summary>A line of JSON if the record is an event in form, the input as it came if it was rejected, else base64.</summary>
    public static string Of(ReadOnlySpan<byte> record)
    {
        switch (EventDecoder.Decode(record, out var view))
        {
            case EventDefect.RejectedInput:
                return Text(view.RejectedInput);
            case EventDefect.Truncated or EventDefect.BadField or EventDefect.UnknownType or EventDefect.BadVerdict or EventDefect.InvalidUtf8
                or EventDefect.EventTimeOutOfRange:
                return Base64(record);
            default:
                var line = new ArrayBufferWriter<byte>();
                using (var writer = new NdjsonEventWriter(line))
                    writer.Write(view);
                return Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\n');
        }
    }

    private static string Text(ReadOnlySpan<byte> input) => Utf8.IsValid(input) ? Encoding.UTF8.GetString(input) : Base64(input);

    private static string Base64(ReadOnlySpan<byte> bytes) => $"base64:{Convert.ToBase64String(bytes)}";
}
