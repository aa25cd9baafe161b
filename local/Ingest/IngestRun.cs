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
/// disagree with the records. Deleted when the file is counted.
/// </summary>
/// <param name="RunId">Tags the run's blocks in the log.</param>
/// <param name="File">The file.</param>
/// <param name="FirstBlock">Blocks before this one are not of the run.</param>
/// <param name="Before">Counters when the run began, for its summary.</param>
internal sealed record IngestRun(Guid RunId, string File, long FirstBlock, PartitionCounters Before)
{
    /// <summary>The unfinished run of this very file; null when there is none.</summary>
    public static IngestRun? Find(string notePath) =>
        System.IO.File.Exists(notePath) ? JsonSerializer.Deserialize<IngestRun>(System.IO.File.ReadAllBytes(notePath)) : null;

    /// <summary>Notes the run durably, before its first block is written.</summary>
    public void Write(string notePath) => DurableFile.Replace(notePath, JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>
    /// Where the note of a file lies. The name stands for path, length and both ends of the content: another file under
    /// the same path is another run.
    /// </summary>
    public static string NotePath(DataDirectory directory, FileStream file)
    {
        const int Sample = 64 * 1024;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFullPath(file.Name)));
        hash.AppendData(BitConverter.GetBytes(file.Length));
        var buffer = new byte[Sample];
        foreach (var offset in (long[])[0, Math.Max(0, file.Length - Sample)])
            hash.AppendData(buffer.AsSpan(0, RandomAccess.Read(file.SafeFileHandle, buffer, offset)));
        return Path.Combine(directory.Ingest, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)) + ".json");
    }
}
