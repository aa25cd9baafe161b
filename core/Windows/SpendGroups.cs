namespace ClickFuncs.Windows;

/// <summary>
/// What the cells of one window have spent, summed up by campaign and currency as the cells change: a commit costs as much as it has changed
/// cells, not as the window has cells. Keys are looked at once, when a cell first spends. Not thread-safe.
/// </summary>
internal sealed class SpendGroups
{
    private const int CampaignIndex = 1;
    private const int CurrencyIndex = 5;

    // By cell: its group, -1 while it has spent nothing; and what of its spend is in the group's sum.
    private (int Group, long Counted)[] _cells = new (int, long)[32];
    private int _cellCount;
    private Group[] _groups = new Group[16];
    private int _groupCount;
    private int[] _table = new int[64]; // Group number + 1 by hash; 0 is empty.
    private int[] _changed = new int[16];
    private int _changedCount;

    /// <summary>Groups that changed since <see cref="ForgetChanges"/>.</summary>
    public ReadOnlySpan<int> Changed => _changed.AsSpan(0, _changedCount);

    /// <summary>Forgets everything, keeps the memory.</summary>
    public void Reset()
    {
        if (_groupCount > 0)
            Array.Clear(_table);
        (_cellCount, _groupCount, _changedCount) = (0, 0, 0);
    }

    /// <summary>Brings the sums up to the changed cells of the window.</summary>
    public void Absorb(WindowSlice slice)
    {
        Extend(slice.Count);
        foreach (var number in slice.Changed)
        {
            ref var cell = ref _cells[number];
            var spend = slice[number].Metrics.SpendMicros;
            if (spend == cell.Counted)
                continue;
            if (cell.Group < 0)
                cell.Group = FindOrAdd(slice, number);
            ref var group = ref _groups[cell.Group];
            group.Micros = checked(group.Micros + spend - cell.Counted);
            cell.Counted = spend;
            if (!group.IsChanged)
                MarkChanged(cell.Group);
        }
    }

    /// <summary>The campaign and currency of a group, as bytes of its key, and its sum.</summary>
    public long Read(WindowSlice slice, int group, out ReadOnlySpan<byte> campaign, out ReadOnlySpan<byte> currency)
    {
        Parse(slice.GetKey(_groups[group].Cell), out campaign, out currency);
        return _groups[group].Micros;
    }

    /// <summary>Whoever wanted to know of the changes does.</summary>
    public void ForgetChanges()
    {
        foreach (var group in Changed)
            _groups[group].IsChanged = false;
        _changedCount = 0;
    }

    private void Extend(int count)
    {
        if (count > _cells.Length)
            Array.Resize(ref _cells, Math.Max(count, _cells.Length * 2));
        if (count > _cellCount)
            _cells.AsSpan(_cellCount, count - _cellCount).Fill((-1, 0));
        _cellCount = Math.Max(_cellCount, count);
    }

    private void MarkChanged(int group)
    {
        if (_changedCount == _changed.Length)
            Array.Resize(ref _changed, _changedCount * 2);
        _changed[_changedCount++] = group;
        _groups[group].IsChanged = true;
    }

    private int FindOrAdd(WindowSlice slice, int cell)
    {
        Parse(slice.GetKey(cell), out var campaign, out var currency);
        var hash = KeyHash.Of(campaign) ^ (KeyHash.Of(currency) * 31);
        var mask = _table.Length - 1;
        var at = (int)hash & mask;
        for (; _table[at] != 0; at = (at + 1) & mask)
        {
            var group = _table[at] - 1;
            if (_groups[group].Hash == hash && IsOf(slice, group, campaign, currency))
                return group;
        }

        if (_groupCount == _groups.Length)
            Array.Resize(ref _groups, _groupCount * 2);
        _groups[_groupCount] = new Group { Cell = cell, Hash = hash };
        _table[at] = ++_groupCount;
        if (_groupCount * 2 > _table.Length)
            GrowTable();
        return _groupCount - 1;
    }

    private bool IsOf(WindowSlice slice, int group, ReadOnlySpan<byte> campaign, ReadOnlySpan<byte> currency)
    {
        Parse(slice.GetKey(_groups[group].Cell), out var ofCampaign, out var ofCurrency);
        return ofCampaign.SequenceEqual(campaign) && ofCurrency.SequenceEqual(currency);
    }

    private void GrowTable()
    {
        _table = new int[_table.Length * 2];
        var mask = _table.Length - 1;
        for (var group = 0; group < _groupCount; group++)
        {
            var at = (int)_groups[group].Hash & mask;
            while (_table[at] != 0)
                at = (at + 1) & mask;
            _table[at] = group + 1;
        }
    }

    private static void Parse(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> campaign, out ReadOnlySpan<byte> currency)
    {
        campaign = currency = default;
        var reader = new DimensionKeyReader(key);
        while (reader.TryRead(out var index, out var value) && index <= CurrencyIndex)
        {
            if (index == CampaignIndex)
                campaign = value;
            else if (index == CurrencyIndex)
                currency = value;
        }
    }

    private struct Group
    {
        public long Micros;
        public ulong Hash;

        /// <summary>A cell whose key has the group's campaign and currency.</summary>
        public int Cell;
        public bool IsChanged;
    }
}
