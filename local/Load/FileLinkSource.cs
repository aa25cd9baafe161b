using ClickFuncs.Events;

namespace ClickFuncs.Local.Load;

/// <summary>
/// Links from a text file, in order. A line is a link, absolute or starting with <c>/</c>, and after a tab or blank the click
/// id it carries; the explicit form's <c>click_id=</c> parameter serves where the second field is left out. Empty lines are skipped.
/// </summary>
internal sealed class FileLinkSource : ILinkSource
{
    private readonly byte[] _text;
    private readonly Link[] _links;
    private readonly bool _repeat;
    private int _next;

    private FileLinkSource(byte[] text, Link[] links, bool repeat) => (_text, _links, _repeat) = (text, links, repeat);

    /// <summary>How many links the file holds.</summary>
    public int Count => _links.Length;

    /// <inheritdoc/>
    public bool KnowsClickIds => Array.TrueForAll(_links, link => link.IdLength > 0);

    /// <summary>Reads the whole file into memory.</summary>
    /// <param name="path">The file of links.</param>
    /// <param name="repeat">Start over after the last link, so that clicks repeat, instead of ending the run.</param>
    /// <exception cref="FormatException">A line is no link or too long, or there is none; the message names the line.</exception>
    public static FileLinkSource Load(string path, bool repeat = false)
    {
        var text = File.ReadAllBytes(path);
        var links = new List<Link>();
        var lineNumber = 0;
        for (var start = 0; start < text.Length;)
        {
            lineNumber++;
            var length = text.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : start + length;
            if (!text.AsSpan(start, end - start).Trim(" \t\r"u8).IsEmpty)
                links.Add(Parse(text, start, end) ?? throw new FormatException($"{path}, line {lineNumber}: not a link, or too long."));
            start = end + 1;
        }

        return links.Count > 0 ? new FileLinkSource(text, [.. links], repeat) : throw new FormatException($"{path} holds no link.");
    }

    /// <inheritdoc/>
    public bool TryNext(Span<byte> target, out int targetLength, Span<byte> clickId, out int clickIdLength)
    {
        targetLength = clickIdLength = 0;
        if (_next == _links.Length)
        {
            if (!_repeat)
                return false;
            _next = 0;
        }

        var link = _links[_next++];
        _text.AsSpan(link.TargetStart, link.TargetLength).CopyTo(target);
        _text.AsSpan(link.IdStart, link.IdLength).CopyTo(clickId);
        (targetLength, clickIdLength) = (link.TargetLength, link.IdLength);
        return true;
    }

    private static Link? Parse(byte[] text, int start, int end)
    {
        var line = text.AsSpan(start, end - start).TrimEnd(" \t\r"u8);
        var blank = line.IndexOfAny((byte)'\t', (byte)' ');
        var url = blank < 0 ? line : line[..blank];
        var authority = url.IndexOf("://"u8);
        var targetOffset = authority < 0 ? 0 : authority + 3 + Math.Max(0, url[(authority + 3)..].IndexOf((byte)'/'));
        var target = url[targetOffset..];
        if (target.IsEmpty || target[0] != '/' || target.Length > ILinkSource.MaxTargetBytes)
            return null;
        var (idOffset, idLength) = blank < 0 ? FindIdParameter(line) : FindSecondField(line, blank);
        return idLength > EventLimits.MaxIdBytes ? null : new Link(start + targetOffset, target.Length, start + idOffset, idLength);
    }

    private static (int Offset, int Length) FindSecondField(ReadOnlySpan<byte> line, int blank)
    {
        var id = line[blank..].TrimStart(" \t"u8);
        return (line.Length - id.Length, id.Length);
    }

    private static (int Offset, int Length) FindIdParameter(ReadOnlySpan<byte> url)
    {
        var name = url.IndexOf("&click_id="u8);
        if (name < 0)
            name = url.IndexOf("?click_id="u8);
        if (name < 0)
            return (0, 0);
        var value = name + "&click_id=".Length;
        var length = url[value..].IndexOf((byte)'&');
        return (value, length < 0 ? url.Length - value : length);
    }

    private readonly record struct Link(int TargetStart, int TargetLength, int IdStart, int IdLength);
}
