namespace ClickFuncs.Testing.Fuzzing;

/// <summary>Damages real inputs as accidents and attackers do, each time in the way its seed says.</summary>
public static class Damage
{
    // What parsers look for: structure of URLs, JSON, headers and tokens, ends of numbers, and bytes that are no UTF-8.
    private static readonly byte[][] Telling =
    [
        [.. "&"u8], [.. "="u8], [.. "%"u8], [.. "%00"u8], [.. "%zz"u8], [.. "+"u8], [.. "."u8], [.. ".."u8], [.. "/"u8], [.. "\""u8], [.. "\\u0000"u8], [.. "\\ud800"u8],
        [.. "{"u8], [.. "["u8], [.. "]"u8], [.. ","u8], [.. ":"u8], [.. "-"u8], [.. "9223372036854775808"u8], [.. "1e309"u8], [.. "NaN"u8], [.. "null"u8], [.. ";"u8], [.. " "u8],
        [.. "\t"u8], [.. "\r\n"u8], [0], [0x7f], [0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xff], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ];

    /// <summary>One to four small damages.</summary>
    public static byte[] Apply(Random random, ReadOnlySpan<byte> original)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bytes = original.ToArray().ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
            Apply(random, bytes);
        return [.. bytes];
    }

    /// <summary>The same for text; what becomes no Latin letter or sign stays a character of its own.</summary>
    public static string Apply(Random random, string original) =>
        System.Text.Encoding.Latin1.GetString(Apply(random, System.Text.Encoding.Latin1.GetBytes(original)));

    private static void Apply(Random random, List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var rest = bytes.Count - at;
        switch (random.Next(8))
        {
            case 0 when rest > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when rest > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when rest > 0:
                bytes.RemoveRange(at, random.Next(1, Math.Min(rest, 20) + 1));
                break;
            case 3 when rest > 0:
                // A piece twice, or many times over.
                var piece = bytes.GetRange(at, random.Next(1, Math.Min(rest, 30) + 1));
                for (var i = random.Next(10) == 0 ? 200 : 1; i > 0; i--)
                    bytes.InsertRange(at, piece);
                break;
            case 4 when rest > 0:
                // A piece elsewhere.
                var moved = bytes.GetRange(at, random.Next(1, Math.Min(rest, 30) + 1));
                bytes.RemoveRange(at, moved.Count);
                bytes.InsertRange(random.Next(bytes.Count + 1), moved);
                break;
            case 5 when random.Next(4) == 0:
                bytes.RemoveRange(at, rest);
                break;
            default:
                bytes.InsertRange(at, Telling[random.Next(Telling.Length)]);
                break;
        }
    }
}
