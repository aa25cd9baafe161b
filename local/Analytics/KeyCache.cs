using System.Runtime.InteropServices;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>Encoded dimension keys and their numbers, so that a row costs one lookup. Used by the writer only.</summary>
/// <param name="names">Gives the numbers.</param>
/// <param name="capacity">Keys to keep; when full it starts anew.</param>
internal sealed class KeyCache(NameTable names, int capacity)
{
    private readonly Dictionary<byte[], KeyNumbers> _keys = new(KeyBytesComparer.Instance);

    /// <summary>The numbers of a key; valid until the next call.</summary>
    /// <exception cref="FormatException">The bytes are not a canonical key.</exception>
    internal ref readonly KeyNumbers Find(ReadOnlySpan<byte> key)
    {
        ref var found = ref CollectionsMarshal.GetValueRefOrNullRef(_keys.GetAlternateLookup<ReadOnlySpan<byte>>(), key);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref found))
            return ref found;
        if (_keys.Count >= capacity)
            _keys.Clear();
        var numbers = Intern(key);
        ref var added = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys.GetAlternateLookup<ReadOnlySpan<byte>>(), key, out _);
        added = numbers;
        return ref added;
    }

    private KeyNumbers Intern(ReadOnlySpan<byte> key)
    {
        var numbers = default(KeyNumbers);
        var reader = new DimensionKeyReader(key);
        while (reader.TryRead(out var index, out var name))
            numbers[index] = names.Intern(name);
        return numbers;
    }
}
