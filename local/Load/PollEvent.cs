namespace ClickFuncs.Local.Load;

/// <summary>What a socket can do now.</summary>
/// <param name="Slot">Which socket.</param>
/// <param name="Readable">A read gives bytes, the end, or an error.</param>
/// <param name="Writable">A write takes bytes; a connect under way has ended, well or not.</param>
/// <param name="PeerClosed">The other side sends no more than what can be read now.</param>
internal readonly record struct PollEvent(int Slot, bool Readable, bool Writable, bool PeerClosed);
