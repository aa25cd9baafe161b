using ClickFuncs.Spool;
using ClickFuncs.Testing.Spool;

namespace ClickFuncs.Core.Tests.Spool;

/// <summary>The spool that other tests build on keeps the contract.</summary>
public sealed class InMemorySpoolTests : SpoolContract
{
    private InMemorySpool? _spool;

    protected override ISpool Open(long limitBytes) => _spool ??= new InMemorySpool(TimeProvider.System, limitBytes);

    protected override void Close()
    {
        // It is the disk.
    }
}
