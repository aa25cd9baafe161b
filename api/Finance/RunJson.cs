using System.Globalization;
using System.Text.Json;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Api.Finance;

/// <summary>The run of a close or a backfill on the wire. Progress and outcome have names of their own here: the journal's form is no contract.</summary>
internal static class RunJson
{
    /// <summary>Writes the run of a close.</summary>
    public static void Write(Utf8JsonWriter writer, WorkflowStatus run) =>
        Write(writer, run, () => WriteOutcome(writer, run.Output is null ? null : run.ReadOutput<CloseOutcome>()));

    /// <summary>Writes a run whose outcome is another's.</summary>
    public static void Write(Utf8JsonWriter writer, WorkflowStatus run, Action writeOutcome)
    {
        writer.WriteStartObject();
        writer.WriteString("id", run.InstanceId);
        writer.WriteNumber("execution", run.Execution);
        writer.WriteString("workflow", run.Workflow);
        writer.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(run.State.ToString()));
        writer.WriteString("created_at", run.CreatedAt.UtcDateTime);
        writer.WriteString("updated_at", run.UpdatedAt.UtcDateTime);
        writer.WriteNumber("steps_done", run.StepsDone);
        writer.WritePropertyName("progress");
        WriteProgress(writer, run.CustomStatus is { } status ? WorkflowJson.Read<CloseProgress>(status, "the progress of a close") : null);
        writer.WritePropertyName("outcome");
        writeOutcome();
        writer.WriteString("failure", run.Failure?.Message);
        writer.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter writer, CloseProgress? progress)
    {
        if (progress is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("phase", progress.Phase);
        writer.WriteString("waiting", progress.Waiting);
        WriteNumber(writer, "done", progress.Done);
        WriteNumber(writer, "total", progress.Total);
        writer.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter writer, CloseOutcome? outcome)
    {
        if (outcome is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("date", outcome.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteNumber("revision", outcome.Revision);
        writer.WriteBoolean("is_new", outcome.IsNew);
        writer.WriteStartArray("alerts");
        foreach (var alert in outcome.Alerts)
            writer.WriteStringValue(alert);
        writer.WriteEndArray();
        writer.WriteNumber("entries", outcome.Entries);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? number)
    {
        writer.WritePropertyName(name);
        if (number is { } value)
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
