using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Querying;
using ClickFuncs.Local.SignIn;

namespace ClickFuncs.Local.Closing;

/// <summary>Starts runs of workflows through a running host's HTTP API and follows them.</summary>
/// <param name="directory">The host's folder.</param>
/// <param name="host">Its address.</param>
/// <param name="time">The clock.</param>
/// <param name="role">Role to ask with.</param>
internal sealed class HostRuns(DataDirectory directory, Uri host, TimeProvider time, string role = Roles.Finance)
{
    /// <summary>Starts a run, or finds the one under way, and follows it to its end.</summary>
    /// <param name="path">Where it is started, below /api/v1/.</param>
    /// <param name="body">What it is started with.</param>
    /// <param name="outcome">Reads the outcome on the wire, and gives it as the journal has it.</param>
    /// <param name="cancellationToken">Stops following; the run goes on.</param>
    /// <exception cref="InvalidOperationException">The host refused; the message is its explanation.</exception>
    public async Task<WorkflowStatus> RunAsync<T>(string path, T body, Func<JsonElement, string> outcome, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = host };
        SignIn(client);
        using var started = await client.PostAsJsonAsync(new Uri($"/api/v1/{path}", UriKind.Relative), body, cancellationToken);
        if (started.StatusCode != HttpStatusCode.Accepted)
            throw new InvalidOperationException(HostRefusal.Explain(await started.Content.ReadAsStringAsync(cancellationToken)));
        var location = started.Headers.Location ?? throw new InvalidOperationException("The host did not say where to follow the run.");
        return await new CloseProgressLine(time).FollowAsync(token => ReadAsync(client, location, outcome, token), cancellationToken);
    }

    // Anew for every request: a run may take longer than a token lives.
    private void SignIn(HttpClient client) =>
        client.DefaultRequestHeaders.Authorization = HostCredentials.For(directory, time, DevelopmentCallers.Of(role));

    private async Task<WorkflowStatus> ReadAsync(HttpClient client, Uri location, Func<JsonElement, string> outcome, CancellationToken cancellationToken)
    {
        SignIn(client);
        using var answer = await client.GetAsync(location, cancellationToken);
        var json = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(HostRefusal.Explain(json));
        var run = JsonElement.Parse(json);
        return new WorkflowStatus
        {
            InstanceId = run.GetProperty("id").GetString()!,
            Execution = run.GetProperty("execution").GetInt32(),
            Workflow = run.GetProperty("workflow").GetString()!,
            State = Enum.Parse<WorkflowState>(run.GetProperty("state").GetString()!, ignoreCase: true),
            CreatedAt = run.GetProperty("created_at").GetDateTimeOffset(),
            UpdatedAt = run.GetProperty("updated_at").GetDateTimeOffset(),
            Input = "null",
            StepsDone = run.GetProperty("steps_done").GetInt32(),
            CustomStatus = run.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress ? progress.GetRawText() : null,
            Output = run.GetProperty("outcome") is { ValueKind: not JsonValueKind.Null } ended ? outcome(ended) : null,
            Failure = run.GetProperty("failure").GetString() is { } failure ? new FailureDetails("", failure) : null,
        };
    }
}
