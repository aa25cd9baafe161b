using System.Text;
using ClickFuncs.Local.Load;

namespace ClickFuncs.Local.Tests.Load;

public class ResponseReaderTests
{
    [Theory]
    [InlineData(302, StubServer.Found)]
    [InlineData(204, "HTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData(404, "HTTP/1.1 404 Not Found\r\ncontent-LENGTH:  5 \r\n\r\nhello")]
    [InlineData(500, "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n1a;x=y\r\nabcdefghijklmnopqrstuvwxyz\r\n3\r\n\r\n\n\r\n0\r\n\r\n")]
    [InlineData(200, "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\nTrailer: 1\r\n\r\n")]
    public void Take_SplitAnywhere_CompletesWithTheLastByte(int status, string response)
    {
        for (var split = 0; split < response.Length; split++)
        {
            var reader = new ResponseReader();
            Assert.False(split > 0 && Take(reader, response[..split]));
            Assert.True(Take(reader, response[split..]));
            Assert.Equal(status, reader.Status);
            Assert.False(reader.Closes);
        }
    }

    [Fact]
    public void Take_ByteByByte_CompletesOnceAndReadsTheNext()
    {
        var reader = new ResponseReader();
        for (var round = 0; round < 2; round++)
        {
            reader.Reset();
            Assert.Equal(StubServer.Found.Length - 1, StubServer.Found.Select(c => Take(reader, c.ToString())).ToList().IndexOf(true));
        }
    }

    [Fact]
    public void Take_LargeBody_NeedsNoRoomForIt()
    {
        var reader = new ResponseReader();
        Assert.False(Take(reader, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
        for (var i = 0; i < 99; i++)
            Assert.False(Take(reader, new string('x', 1000)));
        Assert.True(Take(reader, new string('x', 1000)));
    }

    [Fact]
    public void Take_NoLength_EndsWithTheConnection()
    {
        var reader = new ResponseReader();
        Assert.False(Take(reader, "HTTP/1.1 200 OK\r\n\r\nsome"));
        Assert.True(reader.EndsWithConnection);
        Assert.True(reader.Closes);
    }

    [Fact]
    public void Take_ConnectionClose_IsNoted()
    {
        var reader = new ResponseReader();
        Assert.True(Take(reader, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        Assert.True(reader.Closes);
    }

    [Theory]
    [InlineData("SMTP ready\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx")]
    public void Take_NoResponse_Throws(string bytes) => Assert.Throws<FormatException>(() => Take(new ResponseReader(), bytes));

    [Fact]
    public void Take_EndlessHead_Throws()
    {
        var reader = new ResponseReader();
        Assert.Throws<FormatException>(() => Take(reader, "HTTP/1.1 200 OK\r\n" + new string('x', 9000)));
    }

    private static bool Take(ResponseReader reader, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text).AsSpan();
        var isComplete = false;
        do
        {
            var count = Math.Min(bytes.Length, reader.Free.Length);
            bytes[..count].CopyTo(reader.Free);
            bytes = bytes[count..];
            isComplete = reader.Take(count);
        }
        while (!bytes.IsEmpty);
        return isComplete;
    }
}
