using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace ClickFuncs.Events.Ndjson;

/// <summary>
/// Reads an event from a line of JSON with the fields of <c>ad_event.proto</c> in snake_case, and judges it by
/// <see cref="EventRules"/>. <c>event_time</c> is text as in <see cref="Iso8601"/> or milliseconds since the Unix epoch as
/// a number; <c>type</c> is <c>click</c> unless said; <c>cost_micros</c> is an integer literal. Unknown fields are ignored,
/// null is the same as absent, and of fields that come twice the last one counts. Allocates nothing for a line that is
/// JSON. Not thread-safe.
/// </summary>
public sealed class NdjsonEventParser
{
    private static readonly SearchValues<byte> ControlsAndBackslash =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'\\']);

    private byte[] _scratch = new byte[4096];

    /// <summary>Reads one event.</summary>
    /// <param name="line">The line without its end, or one element of a JSON array.</param>
    /// <param name="view">The event; points into the line and into this parser, so it lasts until the next call.</param>
    /// <param name="reason">Stable code of why it is no event: of <see cref="NdjsonReasons"/> or <see cref="EventDefects"/>.</param>
    /// <returns>Whether it is a valid event.</returns>
    public bool TryParse(ReadOnlySpan<byte> line, out EventView view, [NotNullWhen(false)] out string? reason)
    {
        view = default;
        reason = Read(line, ref view);
        if (reason is not null)
            return false;
        var defect = EventRules.Judge(view);
        if (defect == EventDefect.None)
            return true;
        reason = defect.Code();
        return false;
    }

    private string? Read(ReadOnlySpan<byte> line, ref EventView view)
    {
        if (!Utf8.IsValid(line))
            return EventDefect.InvalidUtf8.Code();
        if (!line.ContainsAny(ControlsAndBackslash))
        {
            if (NdjsonScanner.TryScan(line, ref view))
                return null;
            view = default;
        }

        return ReadDocument(line, ref view);
    }

    /// <summary>The general path alone, for the test that compares both.</summary>
    internal string? ReadDocument(ReadOnlySpan<byte> line, ref EventView view)
    {
        if (_scratch.Length < line.Length)
            _scratch = new byte[line.Length];
        return NdjsonDocument.Read(line, _scratch, ref view);
    }
}
