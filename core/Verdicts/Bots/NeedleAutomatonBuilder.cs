using System.Text;

namespace ClickFuncs.Verdicts.Bots;

/// <summary>Builds a <see cref="NeedleAutomaton"/>: a trie of all needles, then the failure links, breadth first.</summary>
internal sealed class NeedleAutomatonBuilder
{
    private const int Root = 0;
    private const int None = -1;

    // Bytes that occur in no needle all behave alike: they are class 0. The last class is the start of the text, which
    // a needle at the start begins with as if it were a character.
    private readonly byte[] _classes = new byte[256];
    private readonly int _stride;
    private readonly int[] _next;
    private readonly ulong[] _reports;
    private int _count;

    private NeedleAutomatonBuilder(byte[][] texts)
    {
        byte last = 0;
        foreach (var b in texts.SelectMany(text => text).Distinct())
            _classes[b] = ++last;
        _stride = last + 2;
        // At most a state per byte, the root, and the start of the text.
        var capacity = texts.Sum(text => text.Length) + 2;
        _reports = new ulong[capacity];
        _next = new int[capacity * _stride];
        Array.Fill(_next, None);
        _count = 1;
    }

    private int StartClass => _stride - 1;

    /// <summary>The automaton of these needles.</summary>
    public static NeedleAutomaton Build(IReadOnlyList<Needle> needles)
    {
        var texts = needles.Select(needle => Encoding.UTF8.GetBytes(needle.Literal.Text)).ToArray();
        var builder = new NeedleAutomatonBuilder(texts);
        // Every scan starts here, also when no needle does.
        var start = builder.Child(Root, builder.StartClass);
        for (var i = 0; i < texts.Length; i++)
            builder.Insert(texts[i], needles[i].Literal.IsAtStart ? start : Root, needles[i].Report);
        builder.Link();
        return builder.Finish(start);
    }

    private void Insert(byte[] text, int from, ulong report)
    {
        var state = from;
        foreach (var b in text)
            state = Child(state, _classes[b]);
        _reports[state] |= report;
    }

    private int Child(int state, int symbol)
    {
        ref var child = ref _next[(state * _stride) + symbol];
        if (child == None)
            child = _count++;
        return child;
    }

    /// <summary>Fills the table's gaps, the states nearest to the root first.</summary>
    private void Link()
    {
        var failure = new int[_count];
        var order = new int[_count];
        var known = 1;
        for (var i = 0; i < known; i++)
        {
            var state = order[i];
            _reports[state] |= _reports[failure[state]];
            var row = _next.AsSpan(state * _stride, _stride);
            var otherwise = state == Root ? default : _next.AsSpan(failure[state] * _stride, _stride);
            for (var symbol = 0; symbol < row.Length; symbol++)
            {
                var fallback = otherwise.IsEmpty ? Root : otherwise[symbol];
                if (row[symbol] == None)
                {
                    row[symbol] = fallback;
                    continue;
                }

                failure[row[symbol]] = fallback;
                order[known++] = row[symbol];
            }
        }
    }

    /// <summary>Turns the numbers of states into offsets of their rows, those of states that report into complements.</summary>
    private NeedleAutomaton Finish(int start)
    {
        var next = _next.AsSpan(0, _count * _stride);
        foreach (ref var state in next)
            state = _reports[state] == 0 ? state * _stride : ~(state * _stride);
        return new NeedleAutomaton(_classes, next.ToArray(), _stride, start * _stride, _reports[.._count]);
    }
}
