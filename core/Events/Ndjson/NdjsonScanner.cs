namespace ClickFuncs.Events.Ndjson;

/// <summary>
/// The fast path: one flat object without escapes, as machines write it. It accepts only what <see cref="NdjsonDocument"/>
/// accepts with the same result (a property test holds them together) and leaves everything else, and every refusal, to it.
/// </summary>
internal static class NdjsonScanner
{
    // More digits than this might not fit a long.
    private const int MaxDigits = 18;

    /// <param name="line">Valid UTF-8 without control characters and backslashes, so that every string ends at the next quote.</param>
    /// <param name="view">Filled; of no use when the answer is false.</param>
    public static bool TryScan(ReadOnlySpan<byte> line, ref EventView view)
    {
        var at = 0;
        if (!TryTake(line, ref at, (byte)'{'))
            return false;
        do
        {
            if (!TryTakeString(line, ref at, out var name) || !TryTake(line, ref at, (byte)':')
                || !TryTakeValue(line, ref at, NdjsonNames.Find(name), ref view))
            {
                return false;
            }
        }
        while (TryTake(line, ref at, (byte)','));

        return TryTake(line, ref at, (byte)'}') && !line[at..].ContainsAnyExcept((byte)' ');
    }

    private static bool TryTakeValue(ReadOnlySpan<byte> line, scoped ref int at, NdjsonField field, ref EventView view) =>
        TryTakeString(line, ref at, out var text)
            ? NdjsonValues.SetText(ref view, field, text) is null
            : TryTakeNumber(line, ref at, out var number) && NdjsonValues.SetNumber(ref view, field, number) is null;

    private static bool TryTakeString(ReadOnlySpan<byte> line, scoped ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryTake(line, ref at, (byte)'"'))
            return false;
        var rest = line[at..];
        var length = rest.IndexOf((byte)'"');
        if (length < 0)
            return false;
        text = rest[..length];
        at += length + 1;
        return true;
    }

    // Whatever follows the digits is judged by the caller, who takes only a comma or a brace.
    private static bool TryTakeNumber(ReadOnlySpan<byte> line, ref int at, out long number)
    {
        number = 0;
        var start = at;
        while (at < line.Length && (uint)(line[at] - '0') <= 9 && at - start < MaxDigits)
            number = (number * 10) + (line[at++] - '0');
        return at > start && (line[start] != '0' || at == start + 1);
    }

    private static bool TryTake(ReadOnlySpan<byte> line, scoped ref int at, byte expected)
    {
        while ((uint)at < (uint)line.Length && line[at] == ' ')
            at++;
        if ((uint)at >= (uint)line.Length || line[at] != expected)
            return false;
        at++;
        return true;
    }
}
