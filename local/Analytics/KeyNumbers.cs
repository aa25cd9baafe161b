using System.Runtime.CompilerServices;
using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>A dimension key as the numbers of its names, in the order of <see cref="AnalyticsSchema.KeyColumns"/>; 0 is unknown.</summary>
[InlineArray(Length)]
internal struct KeyNumbers
{
    internal const int Length = 9;

    private int _first;

    /// <summary>The numbers of a key's names, given now to new ones. Writer only.</summary>
    internal static KeyNumbers Intern(DimensionKey key, NameTable names)
    {
        KeyNumbers numbers = default;
        numbers[0] = names.Intern(key.AdvertiserId);
        numbers[1] = names.Intern(key.CampaignId);
        numbers[2] = names.Intern(key.AdGroupId);
        numbers[3] = names.Intern(key.AdId);
        numbers[4] = names.Intern(key.CreativeId);
        numbers[5] = names.Intern(key.Currency);
        numbers[6] = names.Intern(key.Device);
        numbers[7] = names.Intern(key.Country);
        numbers[8] = names.Intern(key.Reason);
        return numbers;
    }

    /// <summary>The key that nine columns of a result stand for.</summary>
    internal static DimensionKey Read(DuckDbReader reader, int first, NameTable names) => new(
        names[reader.GetInt32(first)], names[reader.GetInt32(first + 1)], names[reader.GetInt32(first + 2)], names[reader.GetInt32(first + 3)],
        names[reader.GetInt32(first + 4)], names[reader.GetInt32(first + 5)], names[reader.GetInt32(first + 6)], names[reader.GetInt32(first + 7)],
        names[reader.GetInt32(first + 8)]);
}
