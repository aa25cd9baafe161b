using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ClickFuncs.Browser.Tests;

/// <summary>A page in a window of its own. It notes what the page asked for and what it complained about.</summary>
internal sealed class Visit : IAsyncDisposable
{
    // For a page that has what it needs; a machine that does other work too may take long for little.
    private const float LimitMs = 20_000;

    private readonly IBrowserContext _context;
    private readonly Uri _url;

    private Visit(IBrowserContext context, IPage page, Uri url)
    {
        (_context, Page, _url) = (context, page, url);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Request += (_, request) => Requests.Enqueue(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions nobody caught.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Everything that was asked for.</summary>
    public ConcurrentQueue<Uri> Requests { get; } = new();

    /// <summary>The headline figure of a metric, as it is shown.</summary>
    public ILocator Figure(string metric) => Page.Locator($"[data-figure={metric}]");

    /// <summary>The names of the breakdown's rows.</summary>
    public ILocator RowNames => Page.Locator(".breakdown tbody button.row");

    public static async Task<Visit> StartAsync(IBrowserContext context, Uri url)
    {
        context.SetDefaultTimeout(LimitMs);
        Assertions.SetDefaultExpectTimeout(LimitMs);
        return new Visit(context, await context.NewPageAsync(), url);
    }

    /// <summary>Opens a path of the host; for the pages with numbers waits until there are some.</summary>
    public async Task OpenAsync(string path, bool waitForNumbers = true)
    {
        await Page.GotoAsync(new Uri(_url, path).ToString());
        if (waitForNumbers)
            await Page.Locator(".numbers:not(.waiting)").WaitForAsync();
    }

    /// <summary>Clicks, and waits until the numbers of the new view are there.</summary>
    public async Task ClickAsync(ILocator target)
    {
        await target.ClickAsync();
        await Page.Locator(".numbers:not(.waiting)").WaitForAsync();
    }

    /// <summary>On the finance page, waits for the report and shows the clicks behind the first line of the statement.</summary>
    public async Task ShowEvidenceAsync()
    {
        await Page.Locator("[data-row=truth]").First.WaitForAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show clicks of" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Region, new() { Name = "Table of clicks" }).Locator("tbody tr").First.WaitForAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
