using ClickFuncs.Lake;

namespace ClickFuncs.Local.Tests.Analytics.Retention;

/// <summary>A lake that fails after it made a file, or gives another one than was asked for.</summary>
internal sealed class FaultyLake(ILake lake, Action? afterCreate = null, string? fetched = null) : ILake
{
    public IAsyncEnumerable<LakeFile> ListAsync(string prefix, CancellationToken cancellationToken) => lake.ListAsync(prefix, cancellationToken);

    public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken) => lake.FindAsync(path, cancellationToken);

    public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken) => lake.OpenReadAsync(path, cancellationToken);

    public async ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        var isMade = await lake.CreateAsync(path, write, cancellationToken);
        afterCreate?.Invoke();
        return isMade;
    }

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken) => lake.DeleteAsync(path, cancellationToken);

    public ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken) =>
        fetched is null ? lake.FetchAsync(path, cancellationToken) : ValueTask.FromResult(new LocalLakeFile(fetched));
}
