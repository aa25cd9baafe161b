namespace ClickFuncs.Spool;

/// <summary>Where events go.</summary>
public enum SpoolMode
{
    /// <summary>To the log.</summary>
    Direct,

    /// <summary>To the spool: the log fails or is too slow. What the spool refuses is refused.</summary>
    Away,

    /// <summary>To the spool, behind those that wait there, so that the order of arrival stays: the log is back and the spool is being
    /// drained. What does not fit into the spool goes to the log.</summary>
    Draining,
}
