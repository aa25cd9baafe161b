namespace ClickFuncs.Lake;

/// <summary>
/// What a path in the lake may be, the same for every adapter: names of ASCII letters, digits, <c>.</c>, <c>-</c>, <c>_</c> and <c>=</c>,
/// with one <c>/</c> between two. No name begins with a dot, so none leads out of the lake, and adapters have room for their own.
/// </summary>
public static class LakePath
{
    private const int MaxLength = 1024;

    /// <summary>Gives the path back if it is one.</summary>
    /// <exception cref="ArgumentException">It is none; the message says why.</exception>
    public static string Require(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Length > MaxLength)
            throw new ArgumentException($"A path in the lake has at most {MaxLength} characters; this one has {path.Length}.", nameof(path));
        foreach (var name in path.Split('/'))
        {
            if (name.Length == 0 || name[0] == '.' || !name.All(IsAllowed))
                throw new ArgumentException($"'{path}' is no path in the lake: '{name}' is no name there. Names have letters, digits, '.', '-', '_' and '=', and do not begin with '.'.", nameof(path));
        }

        return path;
    }

    /// <summary>Gives the beginning of a path back if it can be one: empty, or a path that may end within a name or with <c>/</c>.</summary>
    /// <exception cref="ArgumentException">It can't be one; the message says why.</exception>
    public static string RequirePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var whole = prefix.EndsWith('/') ? prefix[..^1] : prefix;
        if (prefix.Length > 0)
            Require(whole);
        return prefix;
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '=';
}
