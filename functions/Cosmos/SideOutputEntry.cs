using System.Text.Json;
using ClickFuncs.Functions.Documents;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>A side output as it is stored; those of one kind and commit lie in one document.</summary>
/// <param name="Sequence">Its sequence number.</param>
/// <param name="Reason">Reason code.</param>
/// <param name="EventTimeMs">Event time.</param>
/// <param name="ArrivalMs">Arrival.</param>
/// <param name="Record">The record.</param>
public sealed record SideOutputEntry(long Sequence, string Reason, long EventTimeMs, long ArrivalMs, byte[] Record)
{
    /// <summary>Packs side outputs, ascending by sequence number.</summary>
    public static byte[] Pack(IEnumerable<SideOutput> outputs) => JsonSerializer.SerializeToUtf8Bytes(
        [.. outputs.OrderBy(output => output.Sequence).Select(output => new SideOutputEntry(
            output.Sequence, output.Reason, output.EventTimeMs, output.ArrivalMs, output.Record.ToArray()))],
        DocumentJson.Default.SideOutputEntryArray);

    /// <summary>Unpacks them.</summary>
    public static IEnumerable<SideOutput> Unpack(byte[] packed, SideOutputKind kind) =>
        (JsonSerializer.Deserialize(packed, DocumentJson.Default.SideOutputEntryArray) ?? [])
        .Select(entry => new SideOutput(kind, entry.Sequence, entry.Reason, entry.EventTimeMs, entry.ArrivalMs, entry.Record));
}
