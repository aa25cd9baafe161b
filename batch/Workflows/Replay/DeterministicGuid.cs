using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>Ids that are new to the world but the same on every replay: hashes of what tells the run and the call apart.</summary>
internal static class DeterministicGuid
{
    /// <summary>The n-th id of an execution, as a UUID of version 8.</summary>
    public static Guid Of(ExecutionKey execution, DateTimeOffset createdAt, int number)
    {
        // The time too: once retention has forgotten an id, its executions are numbered from 1 again.
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{execution.InstanceId}|{execution.Execution}|{createdAt.ToUnixTimeMilliseconds()}|{number}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
