namespace ClickFuncs.Local.Load;

/// <summary>How far a non-blocking transfer came.</summary>
internal enum TransferResult
{
    /// <summary>To its end.</summary>
    Done,

    /// <summary>The socket has to become ready again first.</summary>
    Pending,

    /// <summary>The connection was lost on the way.</summary>
    Lost,
}
