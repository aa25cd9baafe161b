using System.Text;

namespace ClickFuncs.Windows;

/// <summary>
/// The dimensions of a window row as text. On the hot path the same key is the run of encoded fields 5 to 12 of
/// <c>ad_event.proto</c>, in ascending order, absent fields left out: <see cref="Parse"/> and <see cref="Encode"/> translate.
/// An empty string means unknown. Only invalid clicks have a reason: a key multiplies by what is wrong with its clicks, and by nothing else.
/// </summary>
public sealed record DimensionKey(
    string AdvertiserId,
    string CampaignId,
    string AdGroupId,
    string AdId,
    string CreativeId,
    string Currency,
    string Device,
    string Country,
    string Reason = "")
{
    internal const byte FirstTag = (5 << 3) | 2;
    internal const byte LastTag = ReasonTag;

    // No field of an event: a key of an event's own bytes never has it.
    internal const byte ReasonTag = (13 << 3) | 2;

    /// <summary>Reads a key from its encoded form.</summary>
    /// <exception cref="FormatException">The bytes are not a canonical key.</exception>
    public static DimensionKey Parse(ReadOnlySpan<byte> encoded)
    {
        var parts = new string[9];
        Array.Fill(parts, "");
        var reader = new DimensionKeyReader(encoded);
        while (reader.TryRead(out var index, out var value))
            parts[index] = Encoding.UTF8.GetString(value);
        return new DimensionKey(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7], parts[8]);
    }

    /// <summary>The encoded form: the same bytes an event with these dimensions carries, and the reason.</summary>
    public byte[] Encode()
    {
        using var buffer = new MemoryStream();
        var tag = FirstTag;
        foreach (var part in (string[])[AdvertiserId, CampaignId, AdGroupId, AdId, CreativeId, Currency, Device, Country, Reason])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            if (bytes.Length > 0)
            {
                buffer.WriteByte(tag);
                for (var length = (uint)bytes.Length; ; length >>= 7)
                {
                    if (length < 0x80)
                    {
                        buffer.WriteByte((byte)length);
                        break;
                    }

                    buffer.WriteByte((byte)(length | 0x80));
                }

                buffer.Write(bytes);
            }

            tag += 1 << 3;
        }

        return buffer.ToArray();
    }
}
