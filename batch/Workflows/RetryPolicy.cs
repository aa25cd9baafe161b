namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// How often an activity is tried and how long it rests between two tries. The rests are durable timers: a restart neither
/// shortens them nor starts counting again. A try that a crash or stop cut off is not counted, it is made again.
/// </summary>
public sealed record RetryPolicy
{
    /// <summary>One try: for what is no use to repeat.</summary>
    public static readonly RetryPolicy None = new() { Attempts = 1 };

    private readonly int _attempts = 5;
    private readonly TimeSpan _firstDelay = TimeSpan.FromSeconds(1);
    private readonly int _backoff = 2;
    private readonly TimeSpan _maxDelay = TimeSpan.FromMinutes(1);

    /// <summary>Tries in all, the first included. Default 5.</summary>
    public int Attempts
    {
        get => _attempts;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Attempts));
            _attempts = value;
        }
    }

    /// <summary>Rest after the first failed try. Default 1 s.</summary>
    public TimeSpan FirstDelay
    {
        get => _firstDelay;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(FirstDelay));
            _firstDelay = value;
        }
    }

    /// <summary>What each further rest is multiplied with. Default 2.</summary>
    public int Backoff
    {
        get => _backoff;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Backoff));
            _backoff = value;
        }
    }

    /// <summary>Longest rest. Default 1 min.</summary>
    public TimeSpan MaxDelay
    {
        get => _maxDelay;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(MaxDelay));
            _maxDelay = value;
        }
    }

    /// <summary>The rest after a failed try.</summary>
    /// <param name="attempt">Which try failed, from 1.</param>
    public TimeSpan DelayAfter(int attempt)
    {
        var delay = FirstDelay;
        for (var i = 1; i < attempt && delay < MaxDelay && delay > TimeSpan.Zero && Backoff > 1; i++)
            delay = delay > MaxDelay / Backoff ? MaxDelay : delay * Backoff;
        return delay < MaxDelay ? delay : MaxDelay;
    }
}
