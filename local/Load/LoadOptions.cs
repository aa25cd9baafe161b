namespace ClickFuncs.Local.Load;

/// <summary>What one load run does.</summary>
internal sealed record LoadOptions
{
    /// <summary>Requests per second, sent on a fixed schedule whether or not earlier ones are answered (open loop).
    /// 0 sends the next as soon as a connection is free (closed loop). Default 0.</summary>
    public int Rate { get; init; }

    /// <summary>How long requests are sent before latency is measured, so that the start of this process and of its connections is not taken for the server's. Counts as <see cref="Duration"/>'s first part. Default 0.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>How long requests are sent. Default 10 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections, each with at most one request under way. Default 64.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>The server: plain HTTP, only host and port count. Default http://127.0.0.1:7071.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:7071");

    /// <summary>After this long without a complete answer a request counts as an error and its connection is dropped. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answers under way are awaited after the last request. Default 5 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>File that receives the click id of each acknowledged request, one a line; none when null.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>Addresses that clicks come from, in turn, each named in <c>X-Forwarded-For</c>; the server believes it if it trusts this machine as a proxy.
    /// 0 names none. Default 0.</summary>
    public int Visitors { get; init; }

    /// <summary>The first of these addresses, as a number. Default 11.0.0.0.</summary>
    public uint FirstVisitor { get; init; } = 11u << 24;

    /// <summary>Refuses what can't run.</summary>
    /// <exception cref="ArgumentException">Names every option that is wrong.</exception>
    public void Validate()
    {
        var wrong = new List<string>();
        if (Rate < 0)
            wrong.Add("the rate is negative");
        if (Duration <= TimeSpan.Zero)
            wrong.Add("the duration is not positive");
        if (WarmUp < TimeSpan.Zero || WarmUp >= Duration)
            wrong.Add("the warm-up is negative or as long as the whole");
        if (Connections is < 1 or > 20_000)
            wrong.Add("connections are not between 1 and 20,000");
        if (Visitors < 0)
            wrong.Add("the number of visitors is negative");
        if (!Url.IsAbsoluteUri || Url.Scheme != Uri.UriSchemeHttp)
            wrong.Add("the address is not http://HOST:PORT");
        if (wrong.Count > 0)
            throw new ArgumentException($"The load can't run: {string.Join(", ", wrong)}.");
    }
}
