namespace ClickFuncs.Lake;

/// <summary>
/// Port: files that are written once and never changed. A file is there whole or not at all; there is no overwriting, so what
/// may come out differently another time goes under another name. Paths are relative, with <c>/</c> between names, lower case
/// letters, digits, <c>.</c>, <c>-</c>, <c>_</c> and <c>=</c> by convention. Embedded: a folder. Azure: Data Lake Gen2.
/// </summary>
public interface ILake
{
    /// <summary>Files whose path starts with <paramref name="prefix"/>, ascending by path, compared ordinally. Unfinished files don't show.</summary>
    IAsyncEnumerable<LakeFile> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>The file, or null if there is none.</summary>
    ValueTask<LakeFile?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>Opens a file to read it from the start, forward only.</summary>
    /// <exception cref="LakeFileMissingException">There is no such file.</exception>
    ValueTask<Stream> OpenReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a file under a temporary name, makes it durable, then gives it its name, unless that is taken: then the file
    /// that is there stays and what was written is dropped.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <param name="write">Writes the content; what it throws leaves no file.</param>
    /// <param name="cancellationToken">Stops before the file has its name.</param>
    /// <returns>Whether this call made the file.</returns>
    ValueTask<bool> CreateAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken);

    /// <summary>Deletes a file; one that is not there is fine.</summary>
    ValueTask DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>Makes a file readable for an engine that takes local file names. Dispose it to give up the copy, if it is one.</summary>
    /// <exception cref="LakeFileMissingException">There is no such file.</exception>
    ValueTask<LocalLakeFile> FetchAsync(string path, CancellationToken cancellationToken);
}
