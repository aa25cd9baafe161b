using System.Text;
using ClickFuncs.Local.State;
using ClickFuncs.State;
using ClickFuncs.Testing.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static ClickFuncs.Testing.State.StateSamples;

namespace ClickFuncs.Local.Tests.State;

public sealed class SqlitePartitionStateStoreTests : PartitionStateStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SqlitePartitionStateStore? _store;

    private static CancellationToken Never => CancellationToken.None;

    private string DatabasePath => Path.Combine(_directory.Path, "state.db");

    private string[] SnapshotFileNames =>
        [.. Directory.EnumerateFiles(Path.Combine(_directory.Path, "snapshots")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public override Task DisposeAsync() => CloseAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_NewerFormat_IsRefusedWithASentence()
    {
        await CloseAndRunAsync("UPDATE meta SET value = '2'");
        var refusal = Assert.Throws<StateCorruptException>(() => Open());
        Assert.Contains("has format 2, this version of the program reads up to 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AnotherDatabase_IsRefused()
    {
        await CloseAndRunAsync("DROP TABLE meta");
        Assert.Contains("not one of partition state", Assert.Throws<StateCorruptException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NoDatabase_IsRefused()
    {
        await CloseAsync();
        await File.WriteAllTextAsync(DatabasePath, new string('x', 10_000));
        Assert.Contains("can't be read as a database", Assert.Throws<StateCorruptException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE deltas SET body = x'00' WHERE last = 9", "fails its checksum")]
    [InlineData("UPDATE deltas SET first = 6 WHERE last = 9", "fails its checksum")]
    [InlineData("DELETE FROM deltas WHERE last = 9", "has a delta from 10 where one from 5 must follow")]
    [InlineData("DELETE FROM deltas WHERE last = 14", "committed up to 14, but its deltas end at 9")]
    [InlineData("UPDATE head SET snapshot_position = 7", "has a delta from 5 where one from 8 must follow")]
    public async Task Recover_ChangedRows_IsCorrupt(string damage, string expected)
    {
        var lease = await CommitThreeAsync();
        await CloseAndRunAsync(damage);
        var store = Open();
        var corrupt = await Assert.ThrowsAsync<StateCorruptException>(() => store.RecoverAsync(lease, Never).AsTask());
        Assert.Contains(expected, corrupt.Message, StringComparison.Ordinal);
        Assert.Contains(corrupt.Message, await store.VerifyAsync(Never));
    }

    [Theory]
    [InlineData(0, "is no snapshot file")]
    [InlineData(8, "has format")]
    [InlineData(12, "belongs to another")]
    [InlineData(33, "belongs to another")]
    [InlineData(40, "fails its checksum")]
    [InlineData(-1, "fails its checksum")]
    public async Task Recover_SnapshotWithAChangedByte_IsCorrupt(int at, string expected)
    {
        var (lease, path) = await SnapshotAsync();
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 4;
        await File.WriteAllBytesAsync(path, bytes);
        await AssertCorruptAsync(lease, expected);
    }

    [Fact]
    public async Task Recover_SnapshotOfAnyOtherLength_IsCorrupt()
    {
        var (lease, path) = await SnapshotAsync();
        var bytes = await File.ReadAllBytesAsync(path);
        for (var length = 0; length < bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(path, bytes[..length]);
            await AssertCorruptAsync(lease, path);
        }

        await File.WriteAllBytesAsync(path, [.. bytes, 0]);
        await AssertCorruptAsync(lease, path);
        File.Delete(path);
        await AssertCorruptAsync(lease, "is missing");
    }

    [Fact]
    public async Task Recover_KilledBeforeTheHeadNamedTheSnapshot_HasTheEarlierState()
    {
        var lease = await CommitThreeAsync();
        var files = new SnapshotFiles(Path.Combine(_directory.Path, "snapshots"));
        await files.WriteAsync(new SnapshotName(0, 9, lease.FencingToken), Encoding.UTF8.GetBytes("s9"), Never);
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "snapshots", $"p0-14-{lease.FencingToken}.snap.tmp"), "half");

        var store = (SqlitePartitionStateStore)await OpenAsync();
        var next = await store.AcquireAsync(0, "b", Never);
        var recovery = await store.RecoverAsync(next, Never);
        Assert.Equal(-1, recovery.Head.SnapshotPosition);
        Assert.Equal(["one", "two", "three"], recovery.Deltas.Select(delta => delta.Delta.Text()));
        Assert.Empty(SnapshotFileNames);
        Assert.Empty(await store.VerifyAsync(Never));
    }

    [Fact]
    public async Task SaveSnapshot_Success_LeavesOneFile()
    {
        var lease = await CommitThreeAsync();
        await Store.SaveSnapshotAsync(lease, 4, Encoding.UTF8.GetBytes("s4"), Never);
        await Store.SaveSnapshotAsync(lease, 9, Encoding.UTF8.GetBytes("s9"), Never);
        Assert.Equal([$"p0-9-{lease.FencingToken}.snap"], SnapshotFileNames);
    }

    // It is written in steps of a megabyte.
    [Theory]
    [InlineData(1 << 20)]
    [InlineData((3 << 20) + 1)]
    public async Task SaveSnapshot_OfSeveralSteps_IsReadBackAsItWas(int length)
    {
        var lease = await CommitThreeAsync();
        var body = new byte[length];
        new Random(length).NextBytes(body);

        await Store.SaveSnapshotAsync(lease, 9, body, Never);

        Assert.True((await Store.RecoverAsync(lease, Never)).Snapshot.Span.SequenceEqual(body));
    }

    [Fact]
    public async Task SaveSnapshot_OwnerReplacedWhileTheFileIsWritten_ChangesNothing()
    {
        var former = await CommitThreeAsync();
        var files = new SnapshotFiles(Path.Combine(_directory.Path, "snapshots"));
        var owner = await Store.AcquireAsync(0, "b", Never);
        await files.WriteAsync(new SnapshotName(0, 9, former.FencingToken), Encoding.UTF8.GetBytes("old"), Never);
        await Store.SaveSnapshotAsync(owner, 9, Encoding.UTF8.GetBytes("new"), Never);
        Assert.Equal("new", (await Store.RecoverAsync(owner, Never)).Snapshot.Text());
        Assert.Equal([$"p0-9-{owner.FencingToken}.snap"], SnapshotFileNames);
    }

    [Fact]
    public async Task Open_WriteAheadLogCutAnywhere_HasAPrefixOfTheCommits()
    {
        var lease = await CommitThreeAsync();
        for (var i = 15; i < 40; i++)
            await Store.CommitAsync(lease, Commit(i, i, new string('d', 100 * i)), Never);
        var database = await CopyOfOpenFileAsync(DatabasePath);
        var log = await CopyOfOpenFileAsync(DatabasePath + "-wal");
        var earlier = -2L;
        for (var cut = 0; cut <= log.Length; cut += Math.Max(1, log.Length / 150))
        {
            using var afterPowerCut = new TemporaryDirectory();
            Directory.CreateDirectory(afterPowerCut.Path);
            await File.WriteAllBytesAsync(Path.Combine(afterPowerCut.Path, "state.db"), database);
            await File.WriteAllBytesAsync(Path.Combine(afterPowerCut.Path, "state.db-wal"), log[..cut]);
            await using var store = Open(afterPowerCut.Path);
            var next = await store.AcquireAsync(0, "b", Never);
            var position = (await store.RecoverAsync(next, Never)).Head.Position;
            Assert.InRange(position, earlier, 39);
            earlier = position;
        }

        Assert.True(earlier >= 38, $"The whole log gave only {earlier}.");
    }

    [Fact]
    public async Task TwoStores_OnOneFolder_FenceEachOther()
    {
        await using var other = Open(_directory.Path);
        var former = await CommitThreeAsync();
        var owner = await other.AcquireAsync(0, "b", Never);
        await Assert.ThrowsAsync<StaleOwnerException>(() => Store.CommitAsync(former, Commit(15, 19), Never).AsTask());
        await other.CommitAsync(owner, Commit(15, 19), Never);
        Assert.Equal(19, (await Store.ListHeadsAsync(Never))[0].Position);
    }

    [Fact]
    public async Task Verify_HealthyState_FindsNothing()
    {
        await SnapshotAsync();
        Assert.Empty(await ((SqlitePartitionStateStore)Store).VerifyAsync(Never));
    }

    [Fact]
    public async Task Verify_PositionsOutOfOrder_SaysSo()
    {
        await CommitThreeAsync();
        await CloseAndRunAsync("UPDATE head SET published = 20");
        Assert.Contains("must ascend", Assert.Single(await Open().VerifyAsync(Never)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveSnapshot_ManyCoveredBytes_DeletesThemAll()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        for (var i = 0; i < 6; i++)
            await Store.CommitAsync(lease, Commit(i, i, new byte[5 << 20]), Never);
        await Store.MarkPublishedAsync(lease, 5, Never);
        await Store.SaveSnapshotAsync(lease, 4, Encoding.UTF8.GetBytes("s"), Never);
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(last) FROM deltas";
        Assert.Equal("5", command.ExecuteScalar());
    }

    protected override async ValueTask<IPartitionStateStore> OpenAsync()
    {
        await CloseAsync();
        return Open();
    }

    private static SqlitePartitionStateStore Open(string directory) =>
        new(new SqliteStateOptions { Directory = directory }, NullLogger<SqlitePartitionStateStore>.Instance);

    private static async Task<byte[]> CopyOfOpenFileAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes);
        return bytes;
    }

    private SqlitePartitionStateStore Open() => _store = Open(_directory.Path);

    private async Task CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
    }

    private async Task CloseAndRunAsync(string sql)
    {
        await CloseAsync();
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private async Task<PartitionLease> CommitThreeAsync()
    {
        var lease = await Store.AcquireAsync(0, "a", Never);
        await Store.CommitAsync(lease, Commit(0, 4, "one"), Never);
        await Store.CommitAsync(lease, Commit(5, 9, "two"), Never);
        await Store.CommitAsync(lease, Commit(10, 14, "three"), Never);
        await Store.MarkPublishedAsync(lease, 14, Never);
        return lease;
    }

    private async Task<(PartitionLease Lease, string Path)> SnapshotAsync()
    {
        var lease = await CommitThreeAsync();
        await Store.SaveSnapshotAsync(lease, 9, Encoding.UTF8.GetBytes("state"), Never);
        return (lease, Path.Combine(_directory.Path, "snapshots", $"p0-9-{lease.FencingToken}.snap"));
    }

    private async Task AssertCorruptAsync(PartitionLease lease, string expected)
    {
        var corrupt = await Assert.ThrowsAsync<StateCorruptException>(() => Store.RecoverAsync(lease, Never).AsTask());
        Assert.Contains(expected, corrupt.Message, StringComparison.Ordinal);
        Assert.Contains(corrupt.Message, await ((SqlitePartitionStateStore)Store).VerifyAsync(Never));
    }
}
