using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Recount;

/// <summary>Hands rows of copies to the judge, event by event: neighbours belong together when type and whole id are the same.</summary>
internal sealed class CopyJudging(CopyJudge judge)
{
    private byte[] _id = new byte[512];
    private int _idLength = -1;
    private byte _type;

    /// <summary>Rows taken.</summary>
    internal long Copies { get; private set; }

    /// <summary>Takes the row the reader stands on; columns as <see cref="RecountSql.CopiesFrom"/> gives them.</summary>
    internal void Add(DuckDbReader reader)
    {
        var type = reader.GetByte(1);
        var id = reader.GetUtf8(2);
        if (_type != type || _idLength != id.Length || !id.SequenceEqual(_id.AsSpan(0, _idLength)))
        {
            judge.End();
            Remember(type, id);
        }

        Copies++;
        judge.Add(new EventCopy(reader.GetInt32(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), Fate(reader)));
    }

    /// <summary>There are no more.</summary>
    internal void End() => judge.End();

    private static CopyFate Fate(DuckDbReader reader) =>
        reader.GetBoolean(8) ? CopyFate.Quarantined : reader.GetBoolean(7) ? CopyFate.NotProcessed : CopyFate.Processed;

    private void Remember(byte type, ReadOnlySpan<byte> id)
    {
        if (id.Length > _id.Length)
            _id = new byte[id.Length * 2];
        id.CopyTo(_id);
        (_type, _idLength) = (type, id.Length);
    }
}
