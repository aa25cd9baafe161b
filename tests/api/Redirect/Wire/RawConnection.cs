using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>A client that sends exactly the bytes it is told to, and reads answers one by one.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly List<byte> _received = [];

    private RawConnection(Socket socket) => (_socket, _stream) = (socket, new NetworkStream(socket, ownsSocket: true));

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        return new RawConnection(socket);
    }

    public Task SendAsync(string ascii) => SendAsync(Encoding.Latin1.GetBytes(ascii));

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask();

    /// <summary>The client has nothing more to say.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next answer; null when the server ended the connection. An answer to HEAD has no body, whatever its length says.</summary>
    public async Task<RawAnswer?> ReadAsync(bool hasBody = true)
    {
        int end;
        while ((end = HeadEnd()) < 0)
        {
            if (!await FillAsync())
                return null;
        }

        var lines = Encoding.Latin1.GetString([.. _received.Take(end)]).Split("\r\n");
        var headers = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = hasBody && headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        while (_received.Count < end + length)
        {
            if (!await FillAsync())
                return null;
        }

        var body = Encoding.UTF8.GetString([.. _received.Skip(end).Take(length)]);
        _received.RemoveRange(0, end + length);
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), lines[0], headers, body);
    }

    public void Dispose() => _stream.Dispose();

    private int HeadEnd()
    {
        for (var i = 3; i < _received.Count; i++)
        {
            if (_received[i] == '\n' && _received[i - 1] == '\r' && _received[i - 2] == '\n' && _received[i - 3] == '\r')
                return i + 1;
        }

        return -1;
    }

    private async Task<bool> FillAsync()
    {
        var buffer = new byte[4096];
        int count;
        try
        {
            count = await _stream.ReadAsync(buffer);
        }
        catch (IOException)
        {
            return false;
        }

        _received.AddRange(buffer.AsSpan(0, count));
        return count > 0;
    }
}

/// <summary>One answer as it came.</summary>
internal sealed record RawAnswer(int Status, string StatusLine, Dictionary<string, string> Headers, string Body)
{
    /// <summary>Everything that two servers must agree on: not the time, nor ids drawn by chance.</summary>
    public string Comparable(string knownVisitor) => string.Join('\n',
    [
        StatusLine,
        .. Headers.Where(header => header.Key is not ("Date" or "X-Request-Id")).OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {(header.Key == "Set-Cookie" ? MaskId(header.Value, knownVisitor) : header.Value)}"),
        Body,
    ]);

    private static string MaskId(string cookie, string knownVisitor) =>
        cookie.Contains(knownVisitor, StringComparison.Ordinal) ? cookie : $"{cookie[..7]}new{cookie[29..]}";
}
