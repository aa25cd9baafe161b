using System.Diagnostics.Metrics;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Bench.Velocity;

/// <summary>What the velocity lane says it gave up, from its metrics, since this was made.</summary>
internal sealed class Losses : IDisposable
{
    private readonly MeterListener _listener = new();

    public Losses()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Instruments.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument == SecondStageInstruments.Signals)
                Signals += value;
            else if (instrument == SecondStageInstruments.Uncounted)
                Uncounted += value;
            else if (instrument == SecondStageInstruments.FlagsRefused)
                FlagsRefused += value;
        });
        _listener.Start();
    }

    /// <summary>Signals taken in.</summary>
    public long Signals { get; private set; }

    /// <summary>Signals without a place in the counts.</summary>
    public long Uncounted { get; private set; }

    /// <summary>Breaches that found the flags full.</summary>
    public long FlagsRefused { get; private set; }

    public void Dispose() => _listener.Dispose();
}
