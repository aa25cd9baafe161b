using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Velocity;
using ClickFuncs.Local.Verification;
using ClickFuncs.Privacy;
using ClickFuncs.Processing;
using ClickFuncs.Velocity;
using ClickFuncs.Windows;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Verification;

/// <summary><c>verify</c> finds what was altered of the second stage's logs and flags.</summary>
public sealed class SecondStageVerificationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clickfuncs-").FullName;

    [Fact]
    public void Find_NewFolder_HasNothing() => Assert.Empty(Find());

    [Fact]
    public async Task Find_WhatVelocityWrote_IsWell()
    {
        await WriteAsync(readFrom: 1);

        Assert.Empty(Find());
    }

    [Fact]
    public async Task Find_PositionBeyondTheSignals_SaysTheyAreNotOfOneBackup()
    {
        await WriteAsync(readFrom: 9);

        Assert.Contains("goes on at signal 9", Assert.Single(Find()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_FlagThatWasChanged_SaysSo()
    {
        await WriteAsync(readFrom: 1);
        using (var connection = new SqliteConnection($"Data Source={Data.Velocity};Pooling=False"))
        {
            connection.Open();
            using var change = new SqliteCommand("UPDATE flags SET until_ms = from_ms", connection);
            Assert.Equal(1, change.ExecuteNonQuery());
        }

        Assert.Contains("1 flags have no sense", Assert.Single(Find()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_SignalsThatWereChanged_NamesTheLog()
    {
        await WriteAsync(readFrom: 1);
        var segment = Assert.Single(Directory.GetFiles(Data.IdentitySignals, "*.seg"));
        var bytes = await File.ReadAllBytesAsync(segment);
        // The first byte of the first record: the header's own page is before it.
        var record = bytes.AsSpan().IndexOf("\u0001\u0007\0\0\0"u8);
        Assert.True(record > 0);
        bytes[record + 1] ^= 0x40;
        await File.WriteAllBytesAsync(segment, bytes);

        Assert.Contains(Find(), finding => finding.StartsWith("signals/identity: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Find_FileThatIsNoDatabase_SaysWhatToDo()
    {
        await File.WriteAllTextAsync(Data.Velocity, new string('x', 8_192));

        Assert.Contains("move velocity.db and signals/identity/ away", Assert.Single(Find()), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DataDirectory Data => DataDirectory.Existing(_folder);

    private IReadOnlyList<string> Find() => [.. SecondStageVerification.Find(Data, CancellationToken.None)];

    /// <summary>Two messages on the log, and a flag.</summary>
    private async Task WriteAsync(long readFrom)
    {
        using (var velocity = LocalVelocity.Open(Data, new VelocityOptions(), TimeProvider.System, NullLoggerFactory.Instance))
        {
            var publisher = velocity.SendFrom(new NoRows());
            for (var version = 1; version <= 2; version++)
            {
                var set = new WindowRowSet { Partition = 7, Version = version };
                set.Signals.Add(new SignalMessage(7, version, 0, new[] { new ClickSignal(5, IdentityKind.Ip, 1_782_907_200_000) }));
                await publisher.PublishAsync(set, CancellationToken.None);
            }
        }

        using var store = new SqliteFlagStore(Data.Velocity);
        var state = await store.TakeOverAsync(CancellationToken.None);
        await store.CommitAsync(state.Token, new FlagCommit([new VelocityFlag(5, IdentityKind.Ip, 1_000, 2_000, 31)], readFrom, 0), CancellationToken.None);
    }

    private sealed class NoRows : IRowPublisher
    {
        public Task PublishAsync(WindowRowSet set, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
