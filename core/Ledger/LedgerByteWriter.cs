using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ClickFuncs.Ledger;

/// <summary>Writes fields as <see cref="LedgerEncoding"/> says.</summary>
internal sealed class LedgerByteWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), length);
        _bytes.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, _bytes);
    }

    public void Number(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), number);
        _bytes.Advance(sizeof(long));
    }

    public void Hash(LedgerHash hash)
    {
        hash.Write(_bytes.GetSpan(LedgerHash.Size));
        _bytes.Advance(LedgerHash.Size);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
