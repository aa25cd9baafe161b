using System.ComponentModel.DataAnnotations;
using ClickFuncs.Local.Analytics;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class DuckDbAnalyticsOptionsTests
{
    [Theory]
    [InlineData(7, 90, 730, true)]
    [InlineData(5, 5, 5, true)]
    [InlineData(8, 7, 730, false)]
    [InlineData(7, 90, 89, false)]
    [InlineData(0, 90, 730, false)]
    public void Validate_AgesOfTheTiers_MustNotDescend(int minutes, int hours, int hot, bool isValid)
    {
        var options = new DuckDbAnalyticsOptions { MinuteDays = minutes, HourDays = hours, HotDays = hot };
        Assert.Equal(isValid, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }
}
