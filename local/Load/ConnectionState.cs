namespace ClickFuncs.Local.Load;

/// <summary>Where a connection of the load generator stands.</summary>
internal enum ConnectionState
{
    /// <summary>No socket; it is opened when its time comes.</summary>
    Down,

    /// <summary>A connect is under way.</summary>
    Connecting,

    /// <summary>Open, nothing under way.</summary>
    Idle,

    /// <summary>A request is being sent or answered.</summary>
    InFlight,
}
