using System.Diagnostics;
using System.Net;

namespace ClickFuncs.Bench.Visible;

/// <summary>
/// One user who clicks, waits until the click shows in the query API, and clicks again. Its country, sent in a header, tells its
/// clicks from those of the other probes.
/// </summary>
internal sealed class VisibleProbe(int number)
{
    private long _clickedAt;
    private long _clickAgainAt;
    private int _clicks;

    /// <summary>Two letters of its own.</summary>
    public string Country { get; } = $"{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}";

    /// <summary>Whether its last click does not show yet.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Clicks if the last one is visible and the pause after it over. The pause differs from probe to probe, so that clicks
    /// fall on any moment between two publishes.</summary>
    /// <exception cref="InvalidOperationException">The click was not answered 302.</exception>
    public async Task ClickWhenDueAsync(HttpClient http, Queue<string> links)
    {
        if (IsWaiting || Stopwatch.GetTimestamp() < _clickAgainAt)
            return;
        using var request = new HttpRequestMessage(HttpMethod.Get, links.Dequeue());
        request.Headers.Add(VisibleBench.CountryHeader, Country);
        _clickedAt = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.Found)
            throw new InvalidOperationException($"A probe click was answered {response.StatusCode}.");
        (_clicks, IsWaiting) = (_clicks + 1, true);
    }

    /// <summary>Takes what the query API shows of this probe.</summary>
    /// <returns>How long the click took from its sending to being shown; null while there is nothing new.</returns>
    public TimeSpan? See(int visible)
    {
        if (!IsWaiting || visible < _clicks)
            return null;
        IsWaiting = false;
        var now = Stopwatch.GetTimestamp();
        _clickAgainAt = now + (Stopwatch.Frequency * ((number * 37) % 500) / 1000);
        return Stopwatch.GetElapsedTime(_clickedAt, now);
    }
}
