using System.Globalization;
using System.Text;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// Gives every close of a day a number of its own, also those that fail on the way: what a failed one has posted or published
/// under its number is then corrected by the next, never mixed up with it.
/// </summary>
internal sealed class RevisionNumbers(ILake lake)
{
    /// <summary>The number of a run; the same however often it asks.</summary>
    /// <param name="date">The day.</param>
    /// <param name="run">The run.</param>
    /// <param name="after">The newest revision there is; 0 for none.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async ValueTask<int> TakeAsync(DateOnly date, Guid run, int after, CancellationToken cancellationToken)
    {
        var name = run.ToString("N");
        for (var revision = after + 1; ; revision++)
        {
            var path = PathOf(date, revision);
            if (await lake.CreateAsync(path, (stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(name), token), cancellationToken)
                || await ReadAsync(path, cancellationToken) == name)
                return revision;
        }
    }

    /// <summary>Gives a number back that nothing was made under.</summary>
    public ValueTask ReturnAsync(DateOnly date, int revision, CancellationToken cancellationToken) => lake.DeleteAsync(PathOf(date, revision), cancellationToken);

    private async ValueTask<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await lake.OpenReadAsync(path, cancellationToken), Encoding.ASCII);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static string PathOf(DateOnly date, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"closes-begun/{date:yyyy-MM-dd}/r{revision:0000}");
}
