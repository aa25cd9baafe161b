using System.Text;
using System.Text.Json;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Local.Workflows;

/// <summary>Runs as JSON for people and programs; inputs, statuses and outputs stand in it as the JSON they are.</summary>
internal static class RunsJson
{
    /// <summary>A page of runs.</summary>
    public static string Write(WorkflowPage page)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("runs");
            foreach (var run in page.Runs)
                Write(json, run);
            json.WriteEndArray();
            json.WriteString("continuation", page.Continuation);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>One run, on one line.</summary>
    public static string Write(WorkflowStatus run)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, run);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, WorkflowStatus run)
    {
        json.WriteStartObject();
        json.WriteString("id", run.InstanceId);
        json.WriteNumber("execution", run.Execution);
        json.WriteString("workflow", run.Workflow);
        json.WriteString("state", run.State.ToString().ToLowerInvariant());
        json.WriteString("created_at", run.CreatedAt.UtcDateTime);
        json.WriteString("updated_at", run.UpdatedAt.UtcDateTime);
        json.WriteNumber("steps_done", run.StepsDone);
        WriteRaw(json, "input", run.Input);
        WriteRaw(json, "status", run.CustomStatus);
        WriteRaw(json, "output", run.Output);
        json.WriteString("failure", run.Failure?.Message);
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value ?? "null");
    }
}
