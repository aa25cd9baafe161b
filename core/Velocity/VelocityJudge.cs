using ClickFuncs.Privacy;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Velocity;

/// <summary>Marks clicks of flagged addresses and users (R19). Thread-safe; allocates nothing per click.</summary>
public sealed class VelocityJudge(VelocityOptions options, IdentityKeys? keys, FlagBoard board)
{
    private readonly long _coolingMs = (long)options.Cooling.TotalMilliseconds;

    /// <summary>For a host that runs no velocity lane: nobody is ever flagged.</summary>
    public static VelocityJudge Off { get; } = new(new VelocityOptions(), null, new FlagBoard(1));

    /// <summary>The flags it goes by.</summary>
    public FlagBoard Board => board;

    /// <summary>A click's verdict, with what velocity adds to it.</summary>
    /// <param name="verdict">What other rules said.</param>
    /// <param name="ip">The address as it lies on the event; may be empty.</param>
    /// <param name="user">The user id as it lies on the event; empty when the user opted out.</param>
    /// <param name="ad">The ad.</param>
    /// <param name="timeMs">Event time, milliseconds since the Unix epoch.</param>
    public Verdict Judge(Verdict verdict, ReadOnlySpan<byte> ip, ReadOnlySpan<byte> user, ReadOnlySpan<byte> ad, long timeMs)
    {
        if (keys is null || board.IsEmpty)
            return verdict;
        verdict = Judge(verdict, options.Ips, VerdictReasons.VelocityIp, IdentityKind.Ip, ip, ad, timeMs);
        return Judge(verdict, options.Users, VerdictReasons.VelocityUser, IdentityKind.User, user, ad, timeMs);
    }

    private Verdict Judge(
        Verdict verdict, RuleEffect effect, VerdictReasons reason, IdentityKind kind, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> ad, long timeMs)
    {
        if (effect == RuleEffect.Off || !VelocitySubject.IsSomebody(kind, identity) || !IsFlagged(kind, identity, ad, timeMs))
            return verdict;
        return verdict.And(effect == RuleEffect.Invalid ? VerdictTier.Invalid : VerdictTier.Suspect, reason);
    }

    // A flag of before midnight is under the keys of that day.
    private bool IsFlagged(IdentityKind kind, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> ad, long timeMs)
    {
        var (day, before) = (IdentityKeys.DayOf(timeMs), IdentityKeys.DayOf(timeMs - _coolingMs));
        return board.IsFlagged(keys!.Of(kind, day, identity, ad), timeMs)
            || (before != day && board.IsFlagged(keys.Of(kind, before, identity, ad), timeMs));
    }
}
