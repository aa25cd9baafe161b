using System.Globalization;
using ClickFuncs.Functions.Documents;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Cosmos;

/// <summary>The documents of one commit beside the head, and their ids. Pure.</summary>
/// <param name="Documents">Each with its bytes.</param>
public sealed record CommitDocuments(IReadOnlyList<(BodyDocument Document, ReadOnlyMemory<byte> Bytes, string Parts)> Documents)
{
    /// <summary>How long side outputs are kept, in seconds: 90 days. The nightly recount has long explained them by then.</summary>
    public const int SideOutputTtl = 90 * 24 * 3600;

    /// <summary>Bytes of all documents together: while they fit into the commit's own batch, it costs one round trip.</summary>
    public long Length => Documents.Sum(document => (long)document.Bytes.Length);

    /// <summary>Plans a commit.</summary>
    public static CommitDocuments Of(PartitionLease lease, PartitionCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var pk = HeadDocument.PkOf(lease.Partition);
        var last = Bodies.Number(commit.LastSequence);
        var writer = string.Create(CultureInfo.InvariantCulture, $"{last}:{lease.FencingToken:D10}");
        var documents = new List<(BodyDocument, ReadOnlyMemory<byte>, string)>
        {
            (new BodyDocument { Id = DeltaId(commit.LastSequence), Pk = pk, First = commit.FirstSequence, Last = commit.LastSequence }, commit.Delta, $"p:{writer}"),
        };
        foreach (var kind in commit.SideOutputs.GroupBy(output => output.Kind))
        {
            var body = new BodyDocument { Id = SideId(kind.Key, commit.LastSequence), Pk = pk, First = commit.FirstSequence, Last = commit.LastSequence, Ttl = SideOutputTtl };
            documents.Add((body, SideOutputEntry.Pack(kind), string.Create(CultureInfo.InvariantCulture, $"q:{(int)kind.Key}:{writer}")));
        }

        return new CommitDocuments(documents);
    }

    /// <summary>Id of the delta that ends with a sequence number.</summary>
    public static string DeltaId(long last) => "d:" + Bodies.Number(last);

    /// <summary>Beginning of the ids of a delta's parts.</summary>
    public static string DeltaPartsId(long last) => "p:" + Bodies.Number(last);

    /// <summary>Id of the side outputs of one kind of the commit that ends with a sequence number.</summary>
    public static string SideId(SideOutputKind kind, long last) => string.Create(CultureInfo.InvariantCulture, $"s:{(int)kind}:{last:D19}");
}
