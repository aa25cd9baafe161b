namespace ClickFuncs.Verdicts;

/// <summary>Walks the single reasons of a set, lowest bit first, so that <c>foreach</c> over a set works and allocates nothing.</summary>
public ref struct VerdictReasonEnumerator(VerdictReasons reasons)
{
    private ulong _left = (ulong)reasons;

    /// <summary>One reason.</summary>
    public VerdictReasons Current { get; private set; }

    /// <summary>Goes on to the next reason; false after the last.</summary>
    public bool MoveNext()
    {
        var lowest = _left & (~_left + 1);
        Current = (VerdictReasons)lowest;
        _left ^= lowest;
        return lowest != 0;
    }
}
