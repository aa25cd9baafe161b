using System.Buffers;
using System.Globalization;
using System.Text;
using ClickFuncs.Api.Problems;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>Writes answers as the web server would: the same status, headers and body.</summary>
internal sealed class WireAnswers(TrackingCookie cookie, TimeProvider time)
{
    private const int FixedBytes = 256;

    private readonly DateText _date = new(time);
    private readonly byte[] _setCookie = Encoding.ASCII.GetBytes($"\r\nSet-Cookie: {TrackingCookie.Name}=");
    private readonly byte[] _cookieAttributes = Encoding.ASCII.GetBytes(cookie.Attributes);

    /// <summary>Writes the 302 of a recorded click.</summary>
    /// <param name="output">Of the connection.</param>
    /// <param name="location">Plain ASCII, as the rule for redirect targets makes it.</param>
    /// <param name="visitor">Id for the cookie; empty to set none.</param>
    /// <param name="isLast">Whether the connection ends with this answer.</param>
    public void WriteRedirect(IBufferWriter<byte> output, string location, ReadOnlySpan<byte> visitor, bool isLast)
    {
        var target = output.GetSpan(FixedBytes + location.Length + visitor.Length + _setCookie.Length + _cookieAttributes.Length);
        var length = 0;
        Add(target, ref length, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nCache-Control: no-cache, no-store, must-revalidate\r\nDate: "u8);
        Add(target, ref length, _date.Now);
        Add(target, ref length, "\r\nLocation: "u8);
        length += Encoding.ASCII.GetBytes(location, target[length..]);
        if (!visitor.IsEmpty)
        {
            Add(target, ref length, _setCookie);
            Add(target, ref length, visitor);
            Add(target, ref length, _cookieAttributes);
        }

        End(target, ref length, isLast);
        output.Advance(length);
    }

    /// <summary>Writes a refusal.</summary>
    public void WriteProblem(IBufferWriter<byte> output, Problem problem, bool isLast)
    {
        var target = output.GetSpan(FixedBytes + problem.Body.Length);
        var length = 0;
        Add(target, ref length, "HTTP/1.1 "u8);
        length += Encoding.ASCII.GetBytes(problem.StatusLine, target[length..]);
        Add(target, ref length, "\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\nContent-Length: "u8);
        problem.Body.Length.TryFormat(target[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        Add(target, ref length, "\r\nDate: "u8);
        Add(target, ref length, _date.Now);
        if (problem.Status == 503)
            Add(target, ref length, "\r\nRetry-After: 1"u8);
        End(target, ref length, isLast);
        Add(target, ref length, problem.Body);
        output.Advance(length);
    }

    private static void End(Span<byte> target, ref int length, bool isLast) =>
        Add(target, ref length, isLast ? "\r\nConnection: close\r\n\r\n"u8 : "\r\n\r\n"u8);

    private static void Add(Span<byte> target, ref int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target[length..]);
        length += text.Length;
    }
}
