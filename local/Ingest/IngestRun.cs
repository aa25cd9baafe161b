using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Storage;
using ClickFuncs.State;

namespace ClickFuncs.Local.Ingest;

/// <summary>
/// The note of one file's import, so that a killed import goes on where the log says it got to instead of appending the
/// file's start again. The note names the run; how far the run came is in the log itself, block by block, where it can't
/// disagree with the records. A file that is counted keeps its note, with its counts, until the command has told them:
/// a command killed before that, or in a later file, runs again without appending the file a second time.
/// </summary>
/// <param name="RunId">Tags the run's blocks in the log.</param>
/// <param name="File">The file.</param>
/// <param name="FirstBlock">Blocks before this one are not of the run.</param>
/// <param name="Before">Counters when the run began, for its summary.</param>
/// <param name="Counted">What became of the file's events; null until all are counted.</param>
internal sealed record IngestRun(Guid RunId, string File, long FirstBlock, PartitionCounters Before, PartitionCounters? Counted = null)
{
    /// <summary>The run of this very file that no command has told the outcome of; null when there is none.</summary>
    public static IngestRun? Find(string notePath) =>
        System.IO.File.Exists(notePath) ? JsonSerializer.Deserialize<IngestRun>(System.IO.File.ReadAllBytes(notePath)) : null;

    /// <summary>Deletes the notes of counted files, once their outcome is told.</summary>
    public static void ForgetCounted(DataDirectory directory)
    {
        foreach (var path in Directory.GetFiles(directory.Ingest, "*.json").Where(path => Find(path)?.Counted != null))
            System.IO.File.Delete(path);
    }

    /// <summary>Notes the run durably: before its first block is written, and when the file is counted.</summary>
    public void Write(string notePath) => DurableFile.Replace(notePath, JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>
    /// Where the note of a file lies. The name stands for path, length and both ends of the content: another file under
    /// the same path is another run.
    /// </summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="file">The file.</param>
    /// <param name="occurrence">How often the command named the same file before: each time is a run of its own.</param>
    public static string NotePath(DataDirectory directory, FileStream file, int occurrence)
    {
        const int Sample = 64 * 1024;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFullPath(file.Name)));
        hash.AppendData(BitConverter.GetBytes(file.Length));
        hash.AppendData(BitConverter.GetBytes(occurrence));
        var buffer = new byte[Sample];
        foreach (var offset in (long[])[0, Math.Max(0, file.Length - Sample)])
            hash.AppendData(buffer.AsSpan(0, RandomAccess.Read(file.SafeFileHandle, buffer, offset)));
        return Path.Combine(directory.Ingest, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)) + ".json");
    }
}
