using ClickFuncs.Lake;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>The lake's list lacks, now and then, the file that was made last: an archiver that trusts it archives the same records again.</summary>
internal sealed class StaleListing : Mutation
{
    public override ILake OnLake(ILake lake, SeededScheduler scheduler) => new Lagging(lake, scheduler);

    private sealed class Lagging(ILake lake, SeededScheduler scheduler) : ILake
    {
        public async IAsyncEnumerable<LakeFile> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var lags = scheduler.OneIn(4);
            var files = await lake.ListAsync(prefix, cancellationToken).ToListAsync(cancellationToken);
            foreach (var file in files.Where((_, i) => !lags || i < files.Count - 1))
                yield return file;
        }

        public ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken) => lake.FindAsync(path, cancellationToken);

        public ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken) => lake.OpenReadAsync(path, cancellationToken);

        public ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken) =>
            lake.CreateAsync(path, write, cancellationToken);

        public ValueTask DeleteAsync(string path, CancellationToken cancellationToken) => lake.DeleteAsync(path, cancellationToken);

        public ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken) => lake.FetchAsync(path, cancellationToken);
    }
}
