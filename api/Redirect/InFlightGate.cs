namespace ClickFuncs.Api.Redirect;

/// <summary>Counts requests in flight and turns away those beyond a limit. Never makes anybody wait.</summary>
internal sealed class InFlightGate(int limit)
{
    private int _count;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= limit)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Exit() => Interlocked.Decrement(ref _count);
}
