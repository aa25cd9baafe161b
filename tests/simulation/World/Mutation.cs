using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Processing;
using ClickFuncs.Simulation.Tests.Scheduling;
using ClickFuncs.State;
using ClickFuncs.Testing.Lake;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>A fault built into the product's surroundings on purpose, to show that the simulation finds it. This one is none.</summary>
internal class Mutation
{
    /// <summary>Nothing is broken.</summary>
    public static Mutation None { get; } = new();

    public virtual RowTable NewTable() => new();

    public virtual IPartitionStateStore OnState(IPartitionStateStore state) => state;

    public virtual IRowPublisher OnPublisher(IRowPublisher publisher) => publisher;

    public virtual ILake OnLake(ILake lake, SeededScheduler scheduler) => lake;

    public virtual ILedger OnLedger(ILedger ledger) => ledger;

    public virtual SpendStore NewSpendStore(SeededScheduler scheduler) => new();

    /// <summary>Called when the machine of an archiver died, before there is another one.</summary>
    public virtual void AfterArchiverDied(InMemoryLake lake) { }

    public virtual bool DiskLies => false;

    public virtual bool IsUnfenced => false;

    /// <summary>Called with the log's folder after a crash, before the log repairs itself.</summary>
    public virtual void BeforeLogOpens(string directory) { }
}
