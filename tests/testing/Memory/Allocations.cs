namespace ClickFuncs.Testing.Memory;

/// <summary>What code allocates once it is warm.</summary>
public static class Allocations
{
    private const int Passes = 10;

    /// <summary>
    /// Fewest bytes that one pass allocated on this thread: 0 for code that allocates nothing. The runtime itself now and then
    /// allocates on the caller's account, when it compiles again or grows a cache; it doesn't do so in every pass.
    /// </summary>
    public static long FewestOf(Action pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        pass();
        var fewest = long.MaxValue;
        for (var i = 0; i < Passes && fewest > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            pass();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
