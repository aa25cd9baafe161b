using System.Globalization;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Spool;

namespace ClickFuncs.Bench.Torture;

/// <summary>One round: the host under load, faults in random order, its death, and damage to what it left half-written.</summary>
internal sealed class TortureRound(TortureFolder folder, TortureOptions options, int round, Random random)
{
    private static readonly TortureFault[] Faults = TortureDisk.IsPossible ? Enum.GetValues<TortureFault>() : [TortureFault.Stop];
    private readonly List<string> _story = [];

    /// <summary>What happened.</summary>
    public string Story => string.Join(", ", _story);

    /// <summary>Runs it.</summary>
    /// <returns>Clicks that were acknowledged.</returns>
    public async Task<int> RunAsync()
    {
        var ledger = folder.Beside($"ledger-{round}");
        using (var host = await folder.UpAsync())
        {
            using var load = TortureProcess.Start(
                "load", "--rate", Text(options.Rate), "--seconds", Text(options.Seconds), "--connections", "32", "--ledger", ledger, "--url", folder.Url.ToString(), "--data", folder.Data);
            await AwaitFirstAsync(ledger, load);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                await Task.Delay(random.Next(400));
                await SufferAsync(host);
            }

            await DieAsync(host);
            // Also when it hangs in a write: only a disk that works lets it die.
            Heal();
            await host.ExitAsync();
            await load.EndAsync();
        }

        if (random.Next(3) == 0)
            TearTail(Path.Combine(folder.Data, "log"), "log");
        if (random.Next(3) == 0)
            TearTail(SegmentSpool.RecordsOf(folder.Spool), "spool");
        return folder.Ledger.Add(ledger);
    }

    private async Task SufferAsync(TortureProcess host)
    {
        var fault = Faults[random.Next(Faults.Length)];
        var milliseconds = random.Next(100, 2000);
        _story.Add(string.Create(CultureInfo.InvariantCulture, $"{fault} {milliseconds} ms"));
        switch (fault)
        {
            case TortureFault.Stop:
                host.Stop();
                break;
            case TortureFault.FillLogDisk:
                folder.LogDisk.Fill();
                break;
            case TortureFault.FillDataDisk:
                folder.DataDisk.Fill();
                break;
            case TortureFault.FreezeLogDisk:
                folder.LogDisk.Freeze();
                break;
            case TortureFault.FreezeDataDisk:
                folder.DataDisk.Freeze();
                break;
            case TortureFault.ReadOnlyLogFolder:
                folder.LogDisk.MakeImmutable();
                break;
        }

        await Task.Delay(milliseconds);
        host.Continue();
        // One in three lasts until the host is dead.
        if (random.Next(3) != 0)
            Heal();
        else
            Thaw();
    }

    private async Task DieAsync(TortureProcess host)
    {
        await Task.Delay(random.Next(600));
        if (random.Next(5) == 0)
        {
            _story.Add("SIGTERM");
            Heal();
            host.Terminate();
            return;
        }

        _story.Add("SIGKILL");
        host.Kill();
    }

    // What hangs for good hangs this program too, when it looks into the folder.
    private void Thaw()
    {
        folder.LogDisk.Thaw();
        folder.DataDisk.Thaw();
    }

    private void Heal()
    {
        folder.LogDisk.Heal();
        folder.DataDisk.Heal();
    }

    private void TearTail(string directory, string name)
    {
        if (StoredLog.SegmentPaths(directory) is not [.., var last])
            return;
        var garbage = new byte[random.Next(1, 5000)];
        random.NextBytes(garbage);
        using var file = new FileStream(last, FileMode.Open);
        // Behind the last block, into the room that was made ahead, or behind that.
        file.Position = random.Next(2) == 0 ? file.Length : StoredLog.Load(directory)!.Segments[^1].DurableLength;
        file.Write(garbage);
        _story.Add($"torn tail of the {name}");
    }

    private static async Task AwaitFirstAsync(string ledger, TortureProcess load)
    {
        while (!File.Exists(ledger) || new FileInfo(ledger).Length == 0)
        {
            if (load.HasExited)
                throw new TortureException($"The load ended before its first answer: {await load.LastWordsAsync()}");
            await Task.Delay(20);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
