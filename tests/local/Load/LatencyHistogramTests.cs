using ClickFuncs.Local.Load;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Local.Tests.Load;

public class LatencyHistogramTests
{
    [Fact]
    public void ValueAt_Empty_IsZero() => Assert.Equal(0, new LatencyHistogram().ValueAt(500));

    [Fact]
    public void SlotOf_AllMagnitudes_BoundsAreTightAndContiguous()
    {
        for (var slot = 1; slot < 4000; slot++)
        {
            var upper = LatencyHistogram.UpperBoundOf(slot);
            Assert.Equal(slot, LatencyHistogram.SlotOf(upper));
            Assert.Equal(slot, LatencyHistogram.SlotOf(LatencyHistogram.UpperBoundOf(slot - 1) + 1));
        }
    }

    [Fact]
    public void Record_LargestValue_Fits()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(long.MaxValue);
        Assert.Equal(long.MaxValue, histogram.ValueAt(1000));
    }

    [Fact]
    public void ValueAt_AnyValues_IsAtMostOneStepAboveTheSortedOracle()
    {
        var micros = Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, 100_000), Gen.Choose(0, int.MaxValue)).ListOf();
        Prop.ForAll(micros.Where(list => list.Count > 0).ToArbitrary(), Gen.Elements(1, 500, 900, 990, 999, 1000).ToArbitrary(), (values, perMille) =>
        {
            var histogram = new LatencyHistogram();
            foreach (var value in values)
                histogram.Record(value);

            var sorted = values.Order().ToArray();
            var exact = sorted[(int)Math.Ceiling(sorted.Length * perMille / 1000m) - 1];
            Assert.InRange(histogram.ValueAt(perMille), exact, exact + (exact / 128L));
            Assert.Equal(sorted[^1], histogram.Max);
        }).QuickCheckThrowOnFailure();
    }
}
