namespace ClickFuncs.Verdicts.Bots;

/// <summary>
/// Finds thousands of literals in one pass over a text, a table look-up per byte (Aho and Corasick's automaton with all
/// failure links resolved). The time depends on the text's length alone. Immutable.
/// </summary>
internal sealed class NeedleAutomaton
{
    /// <summary>A report that ends the scan: nothing further could change the answer.</summary>
    public const ulong Proof = 1UL << 63;

    // States are offsets of their row in the table, so that a step is one addition and one load. In the table one that has
    // something to report is a complement, and so negative.
    private readonly byte[] _classes;
    private readonly int[] _next;
    private readonly int _stride;
    private readonly int _start;
    private readonly ulong[] _reports;

    internal NeedleAutomaton(byte[] classes, int[] next, int stride, int start, ulong[] reports) =>
        (_classes, _next, _stride, _start, _reports) = (classes, next, stride, start, reports);

    /// <summary>The reports of all needles found, up to the first that holds <see cref="Proof"/>.</summary>
    public ulong Scan(ReadOnlySpan<byte> text)
    {
        var classes = _classes;
        var next = _next;
        var state = _start;
        var found = 0UL;
        foreach (var b in text)
        {
            state = next[state + classes[b]];
            if (state >= 0)
                continue;
            state = ~state;
            found |= _reports[state / _stride];
            if ((found & Proof) != 0)
                break;
        }

        return found;
    }
}
