using System.Runtime.CompilerServices;

namespace ClickFuncs.Local.Analytics;

/// <summary>A dimension key as the numbers of its names, in the order of <see cref="AnalyticsSchema.KeyColumns"/>; 0 is unknown.</summary>
[InlineArray(Length)]
internal struct KeyNumbers
{
    internal const int Length = 8;

    private int _first;
}
