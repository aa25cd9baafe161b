using System.Collections.Concurrent;
using System.Net;
using ClickFuncs.Testing.Net;
using Google.Protobuf;

namespace ClickFuncs.EndToEnd.Tests.Telemetry;

/// <summary>A collector of OTLP over HTTP that keeps what it is sent. It reads the wire format itself, by the field numbers of the OTLP protocol.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentDictionary<string, byte> _metrics = new(StringComparer.Ordinal);
    private readonly Task _serving;

    /// <summary>Listens on a free port.</summary>
    public OtlpCollector()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The base address.</summary>
    public Uri Url { get; }

    /// <summary>Spans so far.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    /// <summary>Names of metrics so far.</summary>
    public IReadOnlyCollection<string> Metrics => [.. _metrics.Keys];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Take(context.Request.Url!.AbsolutePath, body.ToArray());
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close([], willBlock: false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Closed while it waited.
                return;
            }
        }
    }

    // Both requests: 1 resource, in it 2 scope, in it 2 the spans or metrics.
    private void Take(string path, byte[] body)
    {
        foreach (var resource in Messages(body, 1))
        {
            foreach (var scope in Messages(resource, 2))
            {
                foreach (var item in Messages(scope, 2))
                {
                    if (path == "/v1/traces")
                        _spans.Enqueue(Span(item));
                    else if (path == "/v1/metrics")
                        _metrics[System.Text.Encoding.UTF8.GetString(Messages(item, 1).Single())] = 0;
                }
            }
        }
    }

    private static OtlpSpan Span(byte[] span) => new(
        Convert.ToHexString(Messages(span, 1).Single()), Convert.ToHexString(Messages(span, 2).Single()),
        Convert.ToHexString(Messages(span, 4).SingleOrDefault([])), System.Text.Encoding.UTF8.GetString(Messages(span, 5).Single()),
        Fixed(span, 7), Fixed(span, 8), [.. Messages(span, 13).Select(link => Convert.ToHexString(Messages(link, 1).Single()))]);

    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == (uint)((field << 3) | 2))
                found.Add(input.ReadBytes().ToByteArray());
            else
                input.SkipLastField();
        }

        return found;
    }

    private static ulong Fixed(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == (uint)((field << 3) | 1))
                return input.ReadFixed64();
            input.SkipLastField();
        }

        return 0;
    }
}

/// <summary>A span as it was sent.</summary>
internal sealed record OtlpSpan(string Trace, string Id, string Parent, string Name, ulong StartNanos, ulong EndNanos, IReadOnlyList<string> LinkedTraces);
