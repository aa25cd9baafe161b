using System.Text;

namespace ClickFuncs.Ledger;

/// <summary>What counts as text in the ledger.</summary>
internal static class LedgerText
{
    /// <summary>Whether UTF-8 can say it: a lone surrogate would turn into a replacement character, and two ids into one.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var read) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[read..];
        }

        return true;
    }
}
