using ClickFuncs.Processing;
using ClickFuncs.State;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>A fault built into the product's surroundings on purpose, to show that the simulation finds it. This one is none.</summary>
internal class Mutation
{
    /// <summary>Nothing is broken.</summary>
    public static Mutation None { get; } = new();

    public virtual RowTable NewTable() => new();

    public virtual IPartitionStateStore OnState(IPartitionStateStore state) => state;

    public virtual IRowPublisher OnPublisher(IRowPublisher publisher) => publisher;

    public virtual bool DiskLies => false;

    public virtual bool IsUnfenced => false;

    /// <summary>Called with the log's folder after a crash, before the log repairs itself.</summary>
    public virtual void BeforeLogOpens(string directory) { }
}
