using System.Net.Http.Json;
using System.Text.Json;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Querying;
using ClickFuncs.Local.SignIn;
using ClickFuncs.Quarantine;

namespace ClickFuncs.Local.Quarantine;

/// <summary>Replays through a running host's HTTP API.</summary>
internal sealed class HostQuarantine(DataDirectory directory, Uri host, TimeProvider time) : IQuarantine
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <inheritdoc/>
    public ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The folder is read for lists, not the host.");

    /// <inheritdoc/>
    public async Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        // It answers when the events are counted, however many they are.
        using var client = new HttpClient { BaseAddress = host, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = HostCredentials.For(directory, time, DevelopmentCallers.Operator);
        using var answer = await client.PostAsJsonAsync(new Uri("/api/v1/operations/quarantine/replays", UriKind.Relative), request, Json, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<ReplaySummary>(text, Json) ?? throw new InvalidDataException("The host answered with nothing.")
            : throw new InvalidOperationException(HostRefusal.Explain(text));
    }
}
