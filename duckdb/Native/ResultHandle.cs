using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.DuckDb.Native;

/// <summary>Owns a <see cref="NativeResult"/> at a fixed address, which the C API fills in and frees.</summary>
internal sealed unsafe class ResultHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal ResultHandle()
        : base(ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    internal NativeResult* Pointer => (NativeResult*)handle;

    /// <summary>Throws DuckDB's message if the call that filled this result failed.</summary>
    /// <exception cref="DuckDbException">The statement failed.</exception>
    internal void ThrowIf(NativeState state)
    {
        if (state == NativeState.Success)
            return;
        var message = NativeText.Read(NativeMethods.ResultError(Pointer));
        Dispose();
        throw new DuckDbException(message);
    }

    /// <summary>Call when no chunk came: throws DuckDB's message unless that was the end of the rows.</summary>
    /// <exception cref="DuckDbException">The query failed while it ran.</exception>
    internal void ThrowIfFailed()
    {
        var message = NativeMethods.ResultError(Pointer);
        if (message != 0 && NativeText.Read(message) is { Length: > 0 } text)
            throw new DuckDbException(text);
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyResult(Pointer);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
