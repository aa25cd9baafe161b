using System.Buffers;
using ClickFuncs.Events;
using ClickFuncs.Privacy;

namespace ClickFuncs.Velocity;

/// <summary>Makes the signals of accepted clicks. A click without address gives none of that kind, and one of a user who opted out has no user id.</summary>
/// <param name="keys">Pseudonyms.</param>
/// <param name="window">The sliding window: clicks this close before midnight also count under the keys of the next day.</param>
public sealed class SignalCollector(IdentityKeys keys, TimeSpan window)
{
    private readonly long _windowMs = (long)window.TotalMilliseconds;

    /// <summary>Adds the signals of one click. Allocates nothing per click.</summary>
    /// <param name="record">A valid encoded event.</param>
    /// <param name="timeMs">Its event time.</param>
    /// <param name="into">Where to.</param>
    public void Collect(ReadOnlySpan<byte> record, long timeMs, ArrayBufferWriter<ClickSignal> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        ReadOnlySpan<byte> ad = default, user = default, ip = default;
        var reader = new WireReader(record);
        while (!reader.AtEnd && reader.TryReadVarint(out var tag))
        {
            switch ((uint)tag)
            {
                case EventFields.AdId:
                    reader.TryReadBytes(out ad);
                    break;
                case EventFields.UserId:
                    reader.TryReadBytes(out user);
                    break;
                case EventFields.Ip:
                    reader.TryReadBytes(out ip);
                    break;
                default:
                    if (reader.Skip((uint)tag) != EventDefect.None)
                        return;
                    break;
            }
        }

        var day = IdentityKeys.DayOf(timeMs);
        Add(IdentityKind.Ip, ip, ad, day, timeMs, into);
        Add(IdentityKind.User, user, ad, day, timeMs, into);
        var next = IdentityKeys.DayOf(timeMs + _windowMs);
        if (next == day)
            return;
        Add(IdentityKind.Ip, ip, ad, next, timeMs, into);
        Add(IdentityKind.User, user, ad, next, timeMs, into);
    }

    private void Add(IdentityKind kind, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> ad, int day, long timeMs, ArrayBufferWriter<ClickSignal> into)
    {
        if (!VelocitySubject.IsSomebody(kind, identity))
            return;
        into.GetSpan(1)[0] = new ClickSignal(keys.Of(kind, day, identity, ad), kind, timeMs);
        into.Advance(1);
    }
}
