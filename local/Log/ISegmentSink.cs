namespace ClickFuncs.Local.Log;

/// <summary>The writing end of a segment file. Writing and syncing here and there in it may go on beside each other.</summary>
internal interface ISegmentSink : IDisposable
{
    /// <summary>Writes the pieces one after the other at <paramref name="offset"/>.</summary>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset);

    /// <summary>Returns when everything written is on stable storage.</summary>
    void Flush();

    /// <summary>Cuts the file to <paramref name="length"/> bytes; durable when it returns.</summary>
    void Truncate(long length);
}
