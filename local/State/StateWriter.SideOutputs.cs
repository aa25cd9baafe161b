namespace ClickFuncs.Local.State;

internal sealed partial class StateWriter
{
    private const int SideOutputsAtATime = 2_000;

    /// <summary>Deletes some of the side outputs of a partition and kind that came before a time, the oldest first.</summary>
    /// <returns>How many; as many as one call takes when there may be more.</returns>
    public int DeleteSideOutputs(int partition, int kind, long arrivedBeforeMs)
    {
        using var find = new SqliteStatement(_connection, StateStatements.OldestSideOutputs);
        find.Bind(1, partition).Bind(2, kind).Bind(3, SideOutputsAtATime);
        long upTo = -1;
        // They come in the order in which they arrived: the first one that stays ends it.
        while (find.Step() && find.GetInt64(1) < arrivedBeforeMs)
            upTo = find.GetInt64(0);
        find.Reset();
        if (upTo < 0)
            return 0;
        using var delete = new SqliteStatement(_connection, StateStatements.DeleteSideOutputs);
        return (int)delete.Bind(1, partition).Bind(2, kind).Bind(3, upTo).Execute();
    }

    /// <summary>Whether a call deleted as many as it could.</summary>
    public static bool MayHaveMore(int deleted) => deleted == SideOutputsAtATime;
}
