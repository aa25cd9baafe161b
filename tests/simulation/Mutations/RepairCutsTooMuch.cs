using ClickFuncs.Local.Log;
using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>The repair of a torn tail takes a good block with it.</summary>
internal sealed class RepairCutsTooMuch : Mutation
{
    public override void BeforeLogOpens(string directory)
    {
        if (StoredLog.SegmentPaths(directory) is not [.., var newest] || SegmentHeader.Load(newest) is not { } header)
            return;
        var length = new FileInfo(newest).Length;
        if (length <= header.Length)
            return;
        using var file = new FileStream(newest, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(Math.Max(header.Length, length - 200));
    }
}
