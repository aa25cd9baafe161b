namespace ClickFuncs.Budgets;

/// <summary>
/// What one campaign has spent in one currency, by UTC day: the sum over partitions and minutes of the newest amount of each.
/// Any order and any repetition of reports gives the same. Not thread-safe.
/// </summary>
public sealed class CampaignSpend
{
    private readonly Dictionary<(int Partition, long MinuteStartMs), (long Version, long Micros)> _open = [];
    private readonly SortedDictionary<int, long> _days = [];

    /// <summary>Minutes that can still change.</summary>
    public int OpenMinutes => _open.Count;

    /// <summary>Whether nothing is remembered.</summary>
    public bool IsEmpty => _days.Count == 0;

    /// <summary>What was spent over all days that are remembered.</summary>
    public long TotalMicros { get; private set; }

    /// <summary>Takes a report in.</summary>
    /// <returns>Whether it was news; false for what is repeated or older than what is known.</returns>
    /// <exception cref="OverflowException">The sum leaves 64 bits; nothing wraps.</exception>
    public bool Apply(in SpendPartial partial)
    {
        var slot = (partial.Partition, partial.MinuteStartMs);
        var isKnown = _open.TryGetValue(slot, out var known);
        if (isKnown && known.Version >= partial.Version)
            return false;
        Add(partial.Day, checked(partial.SpendMicros - known.Micros));
        _open[slot] = (partial.Version, partial.SpendMicros);
        return true;
    }

    /// <summary>Puts back what <see cref="SealedMicros"/> said of a day before a restart.</summary>
    public void Restore(int day, long sealedMicros) => Add(day, sealedMicros);

    /// <summary>What was spent on a UTC day.</summary>
    public long Of(int day) => _days.GetValueOrDefault(day);

    /// <summary>What was spent from a UTC day on.</summary>
    public long From(int firstDay)
    {
        var sum = TotalMicros;
        foreach (var (day, micros) in _days)
        {
            if (day >= firstDay)
                break;
            sum -= micros;
        }

        return sum;
    }

    /// <summary>
    /// Forgets the versions of a partition's minutes that start before a time: they can't change any more. Their amounts stay.
    /// </summary>
    /// <returns>The days whose sealed part grew.</returns>
    public IReadOnlySet<int> Seal(int partition, long beforeMs)
    {
        var days = new HashSet<int>();
        foreach (var (slot, _) in _open)
        {
            if (slot.Partition != partition || slot.MinuteStartMs >= beforeMs)
                continue;
            // Removing while walking is allowed of a dictionary.
            _open.Remove(slot);
            days.Add(BudgetDay.Of(slot.MinuteStartMs));
        }

        return days;
    }

    /// <summary>The part of a day's spend that can't change any more.</summary>
    public long SealedMicros(int day)
    {
        var micros = Of(day);
        foreach (var (slot, value) in _open)
        {
            if (BudgetDay.Of(slot.MinuteStartMs) == day)
                micros -= value.Micros;
        }

        return micros;
    }

    /// <summary>Forgets days before this one, whole.</summary>
    public void Forget(int beforeDay)
    {
        foreach (var day in _days.Keys.TakeWhile(day => day < beforeDay).ToList())
        {
            TotalMicros -= _days[day];
            _days.Remove(day);
            foreach (var slot in _open.Keys.Where(slot => BudgetDay.Of(slot.MinuteStartMs) == day).ToList())
                _open.Remove(slot);
        }
    }

    private void Add(int day, long micros)
    {
        var total = checked(TotalMicros + micros);
        _days[day] = checked(Of(day) + micros);
        TotalMicros = total;
    }
}
