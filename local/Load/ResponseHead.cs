using System.Buffers.Text;

namespace ClickFuncs.Local.Load;

/// <summary>Status line and the headers that say where an HTTP/1.1 response ends (RFC 9112, section 6). Pure.</summary>
/// <param name="Status">Three-digit status code.</param>
/// <param name="Length">Bytes of the head, its empty line included.</param>
/// <param name="BodyLength">Bytes of the body; -1 when it ends with the last chunk or the connection.</param>
/// <param name="IsChunked">The body comes in chunks.</param>
/// <param name="Closes">The server will close the connection after this response.</param>
internal readonly record struct ResponseHead(int Status, int Length, long BodyLength, bool IsChunked, bool Closes)
{
    /// <summary>Reads the head at the start of what was received.</summary>
    /// <returns>False when it is not there completely.</returns>
    /// <exception cref="FormatException">It is no HTTP/1.1 response.</exception>
    public static bool TryParse(ReadOnlySpan<byte> received, out ResponseHead head)
    {
        head = default;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        if (!received.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(received[9..end], out int status, out var digits) || digits != 3)
            throw new FormatException("Not the status line of an HTTP/1.1 response.");

        var bodyLength = status is 204 or 304 or < 200 ? 0L : -1;
        var (chunked, closes) = (false, false);
        var lines = received[..(end + 2)];
        lines = lines[(lines.IndexOf((byte)'\n') + 1)..];
        while (!lines.IsEmpty)
        {
            var next = lines.IndexOf((byte)'\n') + 1;
            var line = lines[..(next - 2)];
            lines = lines[next..];
            if (bodyLength < 0 && TryValue(line, "content-length:"u8, out var value))
            {
                if (!Utf8Parser.TryParse(value, out bodyLength, out digits) || digits != value.Length || bodyLength < 0)
                    throw new FormatException("Content-Length is no number.");
            }
            else if (TryValue(line, "transfer-encoding:"u8, out value))
            {
                chunked = EqualsIgnoreCase(value, "chunked"u8);
            }
            else if (TryValue(line, "connection:"u8, out value))
            {
                closes = EqualsIgnoreCase(value, "close"u8);
            }
        }

        head = new ResponseHead(status, end + 4, chunked ? -1 : bodyLength, chunked, closes || (bodyLength < 0 && !chunked));
        return true;
    }

    private static bool TryValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        // The colon's place settles most lines without comparing letters.
        if (line.Length < name.Length || line[name.Length - 1] != ':' || !EqualsIgnoreCase(line[..name.Length], name))
            return false;
        value = line[name.Length..].Trim(" \t"u8);
        return true;
    }

    private static bool EqualsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        System.Text.Ascii.EqualsIgnoreCase(text, lower);
}
