using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;
using ClickFuncs.Local.Log;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Local.Ingest;

/// <summary>
/// Appends the events of one NDJSON file to the log, in file order, a few megabytes and one sync at a time: while one
/// group is written the next is parsed. Each group carries how far into the file it reaches. A line that is no event goes
/// to the log as it is, with the reason, and ends in quarantine. A click whose line has no verdict is judged here, by what the
/// line says of user agent and address.
/// </summary>
internal sealed class FileImport(SegmentLog log, TrafficJudge judge, AdCollector? ads, Action<long> progress)
{
    // Large enough that the sync is a small part, small enough that counting begins at once.
    private const int GroupBytes = 4 * 1024 * 1024;

    private readonly NdjsonEventParser _parser = new();
    private readonly byte[] _record = new byte[EventLimits.MaxEventBytes * 2];
    private LogGroupBuilder _filling = log.CreateGroup();
    private LogGroupBuilder _writing = log.CreateGroup();
    private Task _write = Task.CompletedTask;

    /// <summary>Appends from <paramref name="offset"/> to the end of the file and waits until it is durable.</summary>
    public async Task RunAsync(Stream file, Guid runId, long offset, CancellationToken cancellationToken)
    {
        file.Position = offset;
        using var lines = new NdjsonLineReader(file, offset);
        var reached = offset;
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead(out var line))
            {
                Add(line);
                reached = line.EndOffset;
                if (_filling.ByteCount >= GroupBytes)
                    await AppendAsync(runId, reached, cancellationToken);
            }

            progress(reached);
        }

        await AppendAsync(runId, reached, cancellationToken);
        await _write;
    }

    private void Add(in NdjsonLine line)
    {
        string? reason = null;
        if (line.IsOversized)
            reason = NdjsonReasons.LineTooLong;
        else if (_parser.TryParse(line.Bytes, out var view, out reason))
        {
            ads?.See(view);
            if (view.Type == EventType.Click && !view.Verdict.IsJudged)
                view.Verdict = judge.JudgeRecord(view.UserAgent, view.Ip);
            _filling.Add(Fingerprint.Of(view.Type, view.ClickId), _record.AsSpan(0, EventEncoder.Encode(view, _record)));
            return;
        }

        var rejected = new EventView { RejectedInput = line.Bytes, RejectedReason = System.Text.Encoding.UTF8.GetBytes(reason) };
        _filling.Add(Fingerprint.Of(EventType.Click, line.Bytes), _record.AsSpan(0, EventEncoder.Encode(rejected, _record)));
    }

    private async Task AppendAsync(Guid runId, long reached, CancellationToken cancellationToken)
    {
        if (ads != null)
            await ads.StoreAsync(cancellationToken);
        await _write;
        _filling.Tag = new ProducerTag(runId, reached);
        _write = log.AppendGroupAsync(_filling, cancellationToken);
        (_filling, _writing) = (_writing, _filling);
    }
}
