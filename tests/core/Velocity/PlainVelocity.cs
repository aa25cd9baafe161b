using ClickFuncs.Privacy;
using ClickFuncs.Velocity;

namespace ClickFuncs.Core.Tests.Velocity;

/// <summary>The rule as one would say it, over all clicks at once: the oracle.</summary>
internal static class PlainVelocity
{
    /// <summary>Flags by identity. All clicks must lie within one cooling time.</summary>
    public static Dictionary<ulong, VelocityFlag> Flags(IEnumerable<(ulong Identity, IdentityKind Kind, long TimeMs)> clicks, VelocityOptions options)
    {
        var (resolution, steps) = ((long)options.Resolution.TotalMilliseconds, options.Window.Ticks / options.Resolution.Ticks);
        var flags = new Dictionary<ulong, VelocityFlag>();
        foreach (var one in clicks.GroupBy(click => (click.Identity, click.Kind)))
        {
            var times = one.Select(click => click.TimeMs / resolution).ToList();
            var breaches = times.Distinct()
                .Select(end => (End: end, Count: times.Count(step => step > end - steps && step <= end)))
                .Where(window => window.Count > options.Threshold)
                .ToList();
            if (breaches.Count > 0)
                flags.Add(one.Key.Identity, new VelocityFlag(
                    one.Key.Identity, one.Key.Kind, breaches.Min(b => b.End) * resolution,
                    (breaches.Max(b => b.End) * resolution) + (long)options.Cooling.TotalMilliseconds, breaches.Max(b => b.Count)));
        }

        return flags;
    }
}
