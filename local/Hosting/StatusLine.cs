namespace ClickFuncs.Local.Hosting;

/// <summary>One plain line of numbers now and then: every second over itself on a terminal, every ten seconds elsewhere.</summary>
internal sealed class StatusLine(LocalNode node, TimeProvider time, TextWriter output)
{
    private readonly bool _isTerminal = !Console.IsOutputRedirected;

    /// <summary>Writes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(_isTerminal ? 1 : 10), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await output.WriteAsync(_isTerminal ? $"\r{Text()}  " : $"{Text()}\n");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (_isTerminal)
                await output.WriteLineAsync();
        }
    }

    private string Text()
    {
        var counters = node.SumCounters();
        var waiting = node.Workers.Sum(w => node.Log.GetRange(w.Status.Partition).Next - 1 - w.Status.PublishedPosition);
        return $"events {counters.Read:N0}  counted {counters.Accepted + counters.Invalid:N0}  duplicates {counters.Duplicates:N0}  late {counters.LateDropped:N0}"
            + $"  non-clicks {counters.NonClicks:N0}  quarantined {counters.Quarantined:N0}  waiting {waiting:N0}";
    }
}
