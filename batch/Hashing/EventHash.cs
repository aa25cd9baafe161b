using ClickFuncs.Events;
using ClickFuncs.Privacy;

namespace ClickFuncs.Batch.Hashing;

/// <summary>
/// 64 bits of an event's identity (type and id), which say where the archive keeps it. It lies in every file, so it must never change.
/// The recount uses it to find who may be the same and compares the whole id then: that two ids share it costs time, never money.
/// Not the stream's fingerprint on purpose: the two counts share no code.
/// </summary>
internal static class EventHash
{
    private const ulong Key0 = 0x617263686976652eUL;
    private const ulong Key1 = 0x6275636b65742e30UL;

    internal static ulong Of(EventType type, ReadOnlySpan<byte> id) => SipHash.Of(Key0, Key1 + (ulong)type, id);
}
