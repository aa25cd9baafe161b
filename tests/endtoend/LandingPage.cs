using System.Net;
using ClickFuncs.Testing.Net;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>An advertiser's web site: one page, and a count of those who came.</summary>
internal sealed class LandingPage : IAsyncDisposable
{
    /// <summary>What the page says.</summary>
    public const string Text = "Welcome at the advertiser's.";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private int _visits;

    /// <summary>Opens the site on a free port.</summary>
    public LandingPage()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Find()}/welcome?from=ad");
        _listener.Prefixes.Add(Url.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Address of the page.</summary>
    public Uri Url { get; }

    /// <summary>Requests for it so far.</summary>
    public int Visits => Volatile.Read(ref _visits);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Not stopped first: closing a stopped listener looks for its port again, which somebody else may have by then.
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
                var isThePage = context.Request.Url?.PathAndQuery == Url.PathAndQuery;
                Interlocked.Increment(ref _visits);
                context.Response.StatusCode = isThePage ? 200 : 404;
                context.Response.Close(isThePage ? System.Text.Encoding.UTF8.GetBytes(Text) : [], willBlock: false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The site was closed while it waited for a visitor.
                return;
            }
        }
    }
}
