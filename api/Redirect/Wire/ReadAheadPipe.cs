using System.IO.Pipelines;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>A connection of which something was read already: its reader meets that first.</summary>
internal sealed class ReadAheadPipe(byte[] read, IDuplexPipe rest) : IDuplexPipe
{
    /// <inheritdoc/>
    public PipeReader Input { get; } = read.Length == 0 ? rest.Input : new ReadAheadReader(read, rest.Input);

    /// <inheritdoc/>
    public PipeWriter Output => rest.Output;
}
