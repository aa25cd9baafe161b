using System.Net;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Zones;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Lake;
using ClickFuncs.Local.SignIn;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Querying;

/// <summary>Answers from a data folder: through its running host, which owns the store, or from the store itself when none runs.</summary>
internal sealed class LocalAnswers(DataDirectory directory)
{
    /// <summary>Writes the answer as JSON, one line.</summary>
    /// <exception cref="InvalidOperationException">The host refused the question; the message is its explanation.</exception>
    public async Task WriteAsync(
        AnalyticsQuery query, AnalyticsQueryText text, bool fill, Stream output, CancellationToken cancellationToken)
    {
        if (HostAddress.Find(directory) is { } host)
        {
            await AskAsync(new Uri(host.Url), text, fill, output, cancellationToken);
        }
        else
        {
            var options = LocalOptionsReader.Read(directory);
            await using var store = await DuckDbAnalyticsStore.OpenAsync(
                directory.Root, options.Analytics, options.Processor.IdleTimeout, TimeProvider.System,
                NullLogger<DuckDbAnalyticsStore>.Instance, cancellationToken, new FolderLake(directory.Lake));
            var answer = await store.QueryZonedAsync(query, cancellationToken);
            await using var json = new Utf8JsonWriter(output);
            AnalyticsJson.Write(json, query, answer, fill);
        }

        output.WriteByte((byte)'\n');
    }

    private async Task AskAsync(Uri host, AnalyticsQueryText text, bool fill, Stream output, CancellationToken cancellationToken)
    {
        IEnumerable<KeyValuePair<string, string?>> parameters =
        [
            new("advertiser_id", text.AdvertiserId), new("start_time", text.StartTime), new("end_time", text.EndTime),
            new("granularity", text.Granularity), new("accuracy", text.Accuracy), new("fill", fill ? "true" : "false"),
            .. text.TimeZone is { } zone ? [new("time_zone", zone)] : Array.Empty<KeyValuePair<string, string?>>(),
            .. text.Metrics.Select(m => new KeyValuePair<string, string?>("metrics", m)),
            .. text.GroupBy.Select(g => new KeyValuePair<string, string?>("group_by", g)),
            .. text.Filters.Select(f => new KeyValuePair<string, string?>(f.Key, f.Value)),
        ];
        var query = string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value ?? "")}"));
        using var client = new HttpClient { BaseAddress = host };
        client.DefaultRequestHeaders.Authorization = HostCredentials.For(directory, TimeProvider.System, DevelopmentCallers.Operator);
        using var response = await client.GetAsync(
            new Uri($"/api/v1/advertisers/analytics?{query}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            throw new InvalidOperationException($"The host does not accept this folder's own tokens, nor one from {HostCredentials.Variable}. Set that variable to a token of the issuer it is set up for.");
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException(HostRefusal.Explain(await response.Content.ReadAsStringAsync(cancellationToken)));
        await response.Content.CopyToAsync(output, cancellationToken);
    }
}
