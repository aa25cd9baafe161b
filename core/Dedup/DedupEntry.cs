using System.Runtime.InteropServices;

namespace ClickFuncs.Dedup;

/// <summary>One remembered event id as it is stored in tables, deltas and snapshots: 112 bits of fingerprint, 16 bits of first sight.</summary>
/// <param name="Low">Low word of the <see cref="Events.Fingerprint"/>.</param>
/// <param name="HighAndStamp">Low 48 bits of its high word, then the minute of stream time it was first seen.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DedupEntry(ulong Low, ulong HighAndStamp);
