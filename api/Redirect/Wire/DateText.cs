using System.Globalization;
using System.Text;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>The Date header of answers (RFC 9110, 6.6.1), made once a second. Thread-safe: who comes first in a second makes it, at worst twice.</summary>
internal sealed class DateText(TimeProvider time)
{
    private volatile Text _text = new(long.MinValue, []);

    /// <summary>Date as it is now, as ASCII.</summary>
    public ReadOnlySpan<byte> Now
    {
        get
        {
            var now = time.GetUtcNow();
            var second = now.ToUnixTimeSeconds();
            var text = _text;
            if (text.Second != second)
                _text = text = new Text(second, Encoding.ASCII.GetBytes(now.ToString("R", CultureInfo.InvariantCulture)));
            return text.Bytes;
        }
    }

    private sealed record Text(long Second, byte[] Bytes);
}
