using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Querying;
using ClickFuncs.Local.SignIn;

namespace ClickFuncs.Local.Closing;

/// <summary>Closes days through a running host's HTTP API.</summary>
internal sealed class HostCloses(DataDirectory directory, Uri host, TimeProvider time)
{
    /// <summary>Starts the close, or finds the one under way, and follows it to its end.</summary>
    /// <exception cref="InvalidOperationException">The host refused; the message is its explanation.</exception>
    public async Task<WorkflowStatus> RunAsync(DateOnly date, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = host };
        SignIn(client);
        using var started = await client.PostAsJsonAsync(
            new Uri("/api/v1/finance/reconciliations", UriKind.Relative), new { date = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, cancellationToken);
        if (started.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException(await started.Content.ReadAsStringAsync(cancellationToken));
        var location = started.Headers.Location ?? throw new InvalidOperationException("The host did not say where to follow the close.");
        return await new CloseProgressLine(time).FollowAsync(token => ReadAsync(client, location, token), cancellationToken);
    }

    // Anew for every request: a close may take longer than a token lives.
    private void SignIn(HttpClient client) =>
        client.DefaultRequestHeaders.Authorization = HostCredentials.For(directory, time, DevelopmentCallers.Of(Roles.Finance));

    private async Task<WorkflowStatus> ReadAsync(HttpClient client, Uri location, CancellationToken cancellationToken)
    {
        SignIn(client);
        using var answer = await client.GetAsync(location, cancellationToken);
        var json = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(json);
        return ToStatus(JsonElement.Parse(json));
    }

    private static WorkflowStatus ToStatus(JsonElement run) => new()
    {
        InstanceId = run.GetProperty("id").GetString()!,
        Execution = run.GetProperty("execution").GetInt32(),
        Workflow = run.GetProperty("workflow").GetString()!,
        State = Enum.Parse<WorkflowState>(run.GetProperty("state").GetString()!, ignoreCase: true),
        CreatedAt = run.GetProperty("created_at").GetDateTimeOffset(),
        UpdatedAt = run.GetProperty("updated_at").GetDateTimeOffset(),
        Input = "",
        CustomStatus = run.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress ? progress.GetRawText() : null,
        Output = run.GetProperty("outcome") is { ValueKind: JsonValueKind.Object } outcome ? WorkflowJson.Write(ToOutcome(outcome), "The outcome of a close") : null,
        Failure = run.GetProperty("failure").GetString() is { } failure ? new FailureDetails("", failure) : null,
    };

    private static CloseOutcome ToOutcome(JsonElement outcome) => new(
        DateOnly.ParseExact(outcome.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), outcome.GetProperty("revision").GetInt32(),
        outcome.GetProperty("is_new").GetBoolean(), [.. outcome.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetString()!)],
        outcome.GetProperty("entries").GetInt32());
}
