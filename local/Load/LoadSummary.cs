using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ClickFuncs.Local.Load;

/// <summary>The outcome of one load run; <see cref="ToString"/> is the JSON that the command prints.</summary>
internal sealed record LoadSummary
{
    /// <inheritdoc cref="LoadTally.Sent"/>
    public required long Sent { get; init; }

    /// <summary>Complete answers by the first digit of their status.</summary>
    public required ImmutableArray<long> Answered { get; init; }

    /// <inheritdoc cref="LoadTally.Acknowledged"/>
    public required long Acknowledged { get; init; }

    /// <inheritdoc cref="LoadTally.Errors"/>
    public required long Errors { get; init; }

    /// <inheritdoc cref="LoadTally.Unsent"/>
    public required long Unsent { get; init; }

    /// <inheritdoc cref="LoadTally.Reconnects"/>
    public required long Reconnects { get; init; }

    /// <summary>From the first request to the last answer.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Median latency in microseconds.</summary>
    public required long P50 { get; init; }

    /// <summary>90th percentile in microseconds.</summary>
    public required long P90 { get; init; }

    /// <summary>99th percentile in microseconds.</summary>
    public required long P99 { get; init; }

    /// <summary>99.9th percentile in microseconds.</summary>
    public required long P999 { get; init; }

    /// <summary>Longest latency in microseconds, exact.</summary>
    public required long Max { get; init; }

    /// <summary>Median time from sending to the answer 302, in microseconds: without the wait for a free connection.</summary>
    public long AcceptedP50 { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public long AcceptedP99 { get; init; }

    /// <summary>Median time from sending to an answer 5xx, in microseconds; 0 without one.</summary>
    public long RefusedP50 { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public long RefusedP99 { get; init; }

    /// <summary>Answers per second, of any status.</summary>
    public double RequestsPerSecond => Elapsed > TimeSpan.Zero ? Answered.Sum() / Elapsed.TotalSeconds : 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            WriteTo(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("sent", Sent);
        json.WriteStartObject("answered");
        for (var hundred = 1; hundred <= 5; hundred++)
            json.WriteNumber($"{hundred}xx", Answered[hundred]);
        json.WriteEndObject();
        json.WriteNumber("acknowledged", Acknowledged);
        json.WriteNumber("errors", Errors);
        json.WriteNumber("unsent", Unsent);
        json.WriteNumber("reconnects", Reconnects);
        json.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, 3));
        json.WriteNumber("requests_per_second", Math.Round(RequestsPerSecond, 1));
        json.WriteStartObject("latency_us");
        json.WriteNumber("p50", P50);
        json.WriteNumber("p90", P90);
        json.WriteNumber("p99", P99);
        json.WriteNumber("p999", P999);
        json.WriteNumber("max", Max);
        json.WriteEndObject();
        json.WriteStartObject("from_sending_us");
        json.WriteNumber("accepted_p50", AcceptedP50);
        json.WriteNumber("accepted_p99", AcceptedP99);
        json.WriteNumber("refused_p50", RefusedP50);
        json.WriteNumber("refused_p99", RefusedP99);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
