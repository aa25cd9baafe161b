namespace ClickFuncs.Core.Tests.Events;

/// <summary>Small damage to bytes, each kind chosen by its seed, so that a failure shrinks to few of them.</summary>
internal static class Mutations
{
    // Bytes that mean something in JSON or as a Protobuf tag hit more branches than random ones.
    private static readonly byte[] Telling = [.. "\"\\{}[],:. \t\n-0e1T"u8, 0x00, 0x0a, 0x10, 0x80, 0xc3, 0xff];

    public static byte[] Apply(byte[] bytes, params int[] seeds)
    {
        foreach (var seed in seeds)
            bytes = Apply(bytes, seed / 4, seed % 4);
        return bytes;
    }

    private static byte[] Apply(byte[] bytes, int seed, int kind)
    {
        var at = seed % (bytes.Length + 1);
        var tail = bytes.AsSpan(at);
        var telling = Telling[seed / (bytes.Length + 1) % Telling.Length];
        return kind switch
        {
            0 => [.. bytes.AsSpan(0, at), telling, .. tail],
            1 => [.. bytes.AsSpan(0, at), .. tail.IsEmpty ? tail : tail[1..]],
            2 => [.. bytes.AsSpan(0, at), telling, .. tail.IsEmpty ? tail : tail[1..]],
            _ => bytes[..at],
        };
    }
}
