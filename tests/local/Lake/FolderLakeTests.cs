using ClickFuncs.Lake;
using ClickFuncs.Local.Lake;
using ClickFuncs.Local.Tests.State;
using ClickFuncs.Testing.Lake;

namespace ClickFuncs.Local.Tests.Lake;

public sealed class FolderLakeTests : LakeContract, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryDirectory _folder = new();

    private string Temporary => Path.Combine(_folder.Path, ".tmp");

    [Fact]
    public async Task CreateAsync_WhateverBecomesOfIt_LeavesNoTemporaryFile()
    {
        var lake = new FolderLake(_folder.Path);
        await CreateAsync(lake, "a", "1");
        await CreateAsync(lake, "a", "2");
        await Assert.ThrowsAsync<FormatException>(async () => await lake.CreateAsync("b", (_, _) => throw new FormatException(), None));

        Assert.Empty(Directory.GetFiles(Temporary));
    }

    [Fact]
    public async Task RemoveLeftovers_OfAKilledWriter_AreDeletedAndThoseOfALivingOneKept()
    {
        var lake = new FolderLake(_folder.Path);
        Directory.CreateDirectory(Temporary);
        await File.WriteAllTextAsync(Path.Combine(Temporary, "killed.part"), "half");

        var removed = -1;
        await lake.CreateAsync(
            "living",
            async (stream, token) =>
            {
                removed = new FolderLake(_folder.Path).RemoveLeftovers();
                await stream.WriteAsync("whole"u8.ToArray(), token);
            },
            None);

        Assert.Equal(1, removed);
        Assert.Empty(Directory.GetFiles(Temporary));
        Assert.Equal("whole", await ReadAsync(lake, "living"));
    }

    [Fact]
    public async Task RemoveLeftovers_SecondNameOfAFile_KeepTheFile()
    {
        if (OperatingSystem.IsWindows())
            return;
        // So it looks after a kill between giving the file its name and tidying up.
        var lake = new FolderLake(_folder.Path);
        await CreateAsync(lake, "a", "whole");
        Directory.CreateDirectory(Temporary);
        using (var link = System.Diagnostics.Process.Start("ln", [Path.Combine(_folder.Path, "a"), Path.Combine(Temporary, "left.part")]))
            await link.WaitForExitAsync();

        Assert.Equal(1, lake.RemoveLeftovers());

        Assert.Equal("whole", await ReadAsync(lake, "a"));
        Assert.Empty(Directory.GetFiles(Temporary));
    }

    [Fact]
    public void RemoveLeftovers_NoFolderYet_DoesNothing() => Assert.Equal(0, new FolderLake(_folder.Path).RemoveLeftovers());

    [Fact]
    public async Task OpenReadAsync_TwoReadersAtOnce_BothRead()
    {
        var lake = new FolderLake(_folder.Path);
        await CreateAsync(lake, "a", "1");
        await using var first = await lake.OpenReadAsync("a", None);
        await using var second = await lake.OpenReadAsync("a", None);

        Assert.Equal((1L, 1L), (first.Length, second.Length));
    }

    [Fact]
    public async Task CreateAsync_AfterAFolderWasRemovedByHand_MakesItAgain()
    {
        var lake = new FolderLake(_folder.Path);
        await CreateAsync(lake, "a/b/c", "1");
        Directory.Delete(Path.Combine(_folder.Path, "a"), recursive: true);

        Assert.True(await CreateAsync(lake, "a/b/d", "2"));
    }

    [Fact]
    public async Task AnyCall_LinkThatLeadsOutOfTheLake_IsRefused()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var outside = new TemporaryDirectory();
        Directory.CreateDirectory(outside.Path);
        await File.WriteAllTextAsync(Path.Combine(outside.Path, "secret"), "s");
        var lake = new FolderLake(_folder.Path);
        await CreateAsync(lake, "a/b", "1");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "out"), outside.Path);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "a", "link"), Path.Combine(outside.Path, "secret"));

        foreach (var path in (string[])["out/secret", "a/link"])
        {
            await Assert.ThrowsAsync<IOException>(async () => await lake.OpenReadAsync(path, None));
            await Assert.ThrowsAsync<IOException>(async () => await lake.FindAsync(path, None));
            await Assert.ThrowsAsync<IOException>(async () => await lake.DeleteAsync(path, None));
        }

        await Assert.ThrowsAsync<IOException>(() => CreateAsync(lake, "out/new", "x"));
        await Assert.ThrowsAsync<IOException>(async () => await lake.ListAsync("a/", None).ToListAsync());
        await Assert.ThrowsAsync<IOException>(async () => await lake.ListAsync("out/", None).ToListAsync());
        Assert.Single(Directory.GetFiles(outside.Path));
    }

    [Fact]
    public async Task DeleteAsync_LastFileOfAFolder_RemovesTheEmptyFoldersToo()
    {
        var lake = new FolderLake(_folder.Path);
        foreach (var path in (string[])["a/b/c/1", "a/b/2", "d/3"])
            await CreateAsync(lake, path, "x");

        await lake.DeleteAsync("a/b/c/1", None);
        await lake.DeleteAsync("d/3", None);

        Assert.Equal(["a", "a/b"], Directory.GetDirectories(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(folder => Path.GetRelativePath(_folder.Path, folder)).Where(folder => folder[0] != '.').Order(StringComparer.Ordinal));
        await CreateAsync(lake, "d/3", "again");
        Assert.Equal("again", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "d", "3")));
    }

    [Fact]
    public async Task CreateAsync_WhileTheFolderIsEmptiedAgainAndAgain_LosesNoFile()
    {
        var lake = new FolderLake(_folder.Path);
        var emptied = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await CreateAsync(lake, $"a/b/short-{i}", "x");
                await lake.DeleteAsync($"a/b/short-{i}", None);
            }
        });
        for (var i = 0; i < 50; i++)
        {
            Assert.True(await CreateAsync(lake, $"a/b/{i}", "x"));
            await lake.DeleteAsync($"a/b/{i - 1}", None);
            Assert.NotNull(await lake.FindAsync($"a/b/{i}", None));
        }

        await emptied;
        Assert.Equal(["a/b/49"], await lake.ListAsync("", None).Select(file => file.Path).ToListAsync());
    }

    public void Dispose() => _folder.Dispose();

    protected override ILake OpenEmpty() => new FolderLake(_folder.Path);
}
