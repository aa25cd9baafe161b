using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Core.Tests.Ledger;

public sealed class InMemoryLedgerTests : LedgerContract
{
    private readonly InMemoryLedger _ledger = new();

    protected override ILedger Open(Action<string>? atStep = null)
    {
        _ledger.AtStep = atStep;
        return _ledger;
    }
}
