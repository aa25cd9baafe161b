using System.Text.Json;

namespace ClickFuncs.Ledger;

/// <summary>
/// A seal as a JSON file: <c>{"format":1,"hash":"...","journals":[{"advertiser_id","currency","entries","hash","balance_micros"}]}</c>.
/// The same seal gives the same bytes.
/// </summary>
public static class LedgerSealJson
{
    /// <summary>Where seals lie in the lake, each under a name of its own.</summary>
    public const string LakePrefix = "ledger/seals/";

    private const int Format = 1;

    /// <summary>Writes a seal.</summary>
    public static byte[] Write(LedgerSeal seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            writer.WriteString("hash", seal.Hash.ToString());
            writer.WriteStartArray("journals");
            foreach (var head in seal.Heads)
            {
                writer.WriteStartObject();
                writer.WriteString("advertiser_id", head.Journal.AdvertiserId);
                writer.WriteString("currency", head.Journal.Currency);
                writer.WriteNumber("entries", head.Count);
                writer.WriteString("hash", head.Hash.ToString());
                writer.WriteNumber("balance_micros", head.BalanceMicros);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a seal. Whether it is intact is for <see cref="LedgerVerification"/> to say.</summary>
    /// <param name="json">The file.</param>
    /// <param name="name">What the file is called, for messages.</param>
    /// <exception cref="LedgerCorruptException">It is no seal, or one of a newer format.</exception>
    public static LedgerSeal Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() != Format)
                throw new LedgerCorruptException($"The ledger seal {name} has another format than {Format}; check it with the version of the program that wrote it, or a newer one.");
            return new LedgerSeal([.. root.GetProperty("journals").EnumerateArray().Select(ReadHead)], ReadHash(root));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new LedgerCorruptException($"The ledger seal {name} can't be read ({failure.Message}); it was altered. Restore it.");
        }
    }

    private static JournalHead ReadHead(JsonElement head) => new(
        new JournalId(head.GetProperty("advertiser_id").GetString()!, head.GetProperty("currency").GetString()!),
        head.GetProperty("entries").GetInt64(),
        ReadHash(head),
        head.GetProperty("balance_micros").GetInt64());

    private static LedgerHash ReadHash(JsonElement element) =>
        LedgerHash.TryParse(element.GetProperty("hash").GetString(), out var hash) ? hash : throw new FormatException("a hash is not 64 hexadecimal digits");
}
