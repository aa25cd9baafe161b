using System.Security.Cryptography;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// Cryptographic random bytes, drawn in blocks of one kilobyte per thread: a draw costs about as much as verifying a
/// link, and most clicks come from browsers without a cookie.
/// </summary>
internal static class RandomBlock
{
    private const int BlockBytes = 1024;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _unused;

    /// <summary>Fills <paramref name="target"/>, at most a block, with bytes that are given out once.</summary>
    public static void Fill(Span<byte> target)
    {
        var block = _block ??= new byte[BlockBytes];
        if (_unused < target.Length)
        {
            RandomNumberGenerator.Fill(block);
            _unused = BlockBytes;
        }

        var given = block.AsSpan(_unused - target.Length, target.Length);
        given.CopyTo(target);
        CryptographicOperations.ZeroMemory(given);
        _unused -= target.Length;
    }
}
