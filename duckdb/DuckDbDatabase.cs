using ClickFuncs.DuckDb.Native;

namespace ClickFuncs.DuckDb;

/// <summary>
/// An open database. One process at a time may have a file open for writing. Connections are independent transactions;
/// each is used by one thread at a time.
/// </summary>
public sealed class DuckDbDatabase : IDisposable
{
    /// <summary>Opens a database in memory instead of a file.</summary>
    public const string InMemory = ":memory:";

    // Nothing is fetched from the network, whatever a query mentions.
    private static readonly (string Name, string Value)[] Sealed =
    [
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("allow_community_extensions", "false"),
    ];

    private readonly DatabaseHandle _handle;

    private DuckDbDatabase(DatabaseHandle handle) => _handle = handle;

    /// <summary>Version of the native library, such as <c>v1.5.6</c>.</summary>
    public static string LibraryVersion => NativeText.Read(NativeMethods.LibraryVersion());

    /// <summary>Opens or creates a database.</summary>
    /// <param name="path">File, or <see cref="InMemory"/>.</param>
    /// <param name="settings">DuckDB settings by name, such as <c>threads</c> or <c>memory_limit</c>.</param>
    /// <exception cref="DuckDbException">The file can't be opened, is locked by another process, or a setting is unknown.</exception>
    public static DuckDbDatabase Open(string path, params IEnumerable<(string Name, string Value)> settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(settings);
        if (NativeMethods.CreateConfig(out var config) != NativeState.Success)
            throw new DuckDbException("DuckDB could not create a configuration.");
        try
        {
            foreach (var (name, value) in Sealed.Concat(settings))
            {
                if (NativeMethods.SetConfig(config, name, value) != NativeState.Success)
                    throw new DuckDbException($"DuckDB refuses the setting {name} = {value}.");
            }

            if (NativeMethods.OpenExt(path, out var database, config, out var error) == NativeState.Success)
                return new DuckDbDatabase(new DatabaseHandle(database));
            var message = NativeText.Read(error);
            NativeMethods.Free(error);
            throw new DuckDbException(message);
        }
        finally
        {
            NativeMethods.DestroyConfig(ref config);
        }
    }

    /// <summary>Opens a connection to it. Close connections before the database.</summary>
    public DuckDbConnection Connect()
    {
        if (NativeMethods.Connect(_handle, out var connection) != NativeState.Success)
            throw new DuckDbException("DuckDB could not open a connection.");
        return new DuckDbConnection(new ConnectionHandle(connection));
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
