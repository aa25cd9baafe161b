using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.DuckDb.Native;

internal sealed class DatabaseHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal DatabaseHandle(nint database)
        : base(ownsHandle: true) => SetHandle(database);

    protected override bool ReleaseHandle()
    {
        NativeMethods.Close(ref handle);
        return true;
    }
}

internal sealed class ConnectionHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal ConnectionHandle(nint connection)
        : base(ownsHandle: true) => SetHandle(connection);

    protected override bool ReleaseHandle()
    {
        NativeMethods.Disconnect(ref handle);
        return true;
    }
}

internal sealed class StatementHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal StatementHandle(nint statement)
        : base(ownsHandle: true) => SetHandle(statement);

    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyPrepare(ref handle);
        return true;
    }
}

internal sealed class AppenderHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal AppenderHandle(nint appender)
        : base(ownsHandle: true) => SetHandle(appender);

    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyAppender(ref handle);
        return true;
    }
}

internal sealed class ChunkHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal ChunkHandle(nint chunk)
        : base(ownsHandle: true) => SetHandle(chunk);

    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyDataChunk(ref handle);
        return true;
    }
}
