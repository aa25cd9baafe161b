using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Workflows;

/// <summary>How heads and entries become rows and back.</summary>
internal static class WorkflowRows
{
    public static void Bind(SqliteCommand command, WorkflowRun run)
    {
        var status = run.Status;
        Bind(command, run.Key);
        Set(command, "$workflow", status.Workflow);
        Set(command, "$state", (long)status.State);
        Set(command, "$created", status.CreatedAt.ToUnixTimeMilliseconds());
        Set(command, "$updated", status.UpdatedAt.ToUnixTimeMilliseconds());
        Set(command, "$input", status.Input);
        Set(command, "$status", status.CustomStatus);
        Set(command, "$output", status.Output);
        Set(command, "$failure_type", status.Failure?.Type);
        Set(command, "$failure", status.Failure?.Message);
        Set(command, "$steps_done", (long)status.StepsDone);
        Set(command, "$next_sequence", run.NextSequence);
        Bind(command, run.Parent);
    }

    public static void Bind(SqliteCommand command, ParentStep? parent)
    {
        Set(command, "$parent_instance", parent?.InstanceId);
        Set(command, "$parent_execution", parent?.Execution);
        Set(command, "$parent_step", parent?.Step);
    }

    public static void Bind(SqliteCommand command, ExecutionKey execution)
    {
        Set(command, "$instance", execution.InstanceId);
        Set(command, "$execution", (long)execution.Execution);
    }

    public static void Bind(SqliteCommand command, ExecutionKey execution, long sequence, JournalEntry entry)
    {
        Bind(command, execution);
        Set(command, "$sequence", sequence);
        Set(command, "$kind", (long)entry.Kind);
        Set(command, "$at", entry.At.ToUnixTimeMilliseconds());
        Set(command, "$step", (long)entry.Step);
        Set(command, "$name", entry.Name);
        Set(command, "$target", entry.Target);
        Set(command, "$due", entry.Due?.ToUnixTimeMilliseconds());
        Set(command, "$attempt", (long)entry.Attempt);
        Set(command, "$body", entry.Body);
    }

    public static WorkflowRun ReadRun(SqliteDataReader row)
    {
        var status = new WorkflowStatus
        {
            InstanceId = row.GetString(0),
            Execution = row.GetInt32(1),
            Workflow = row.GetString(2),
            State = (WorkflowState)row.GetInt32(3),
            CreatedAt = Time(row, 4)!.Value,
            UpdatedAt = Time(row, 5)!.Value,
            Input = row.GetString(6),
            CustomStatus = Text(row, 7),
            Output = Text(row, 8),
            Failure = Text(row, 9) is { } type ? new FailureDetails(type, row.GetString(10)) : null,
            StepsDone = row.GetInt32(11),
        };
        return new WorkflowRun(status, Text(row, 13) is { } parent ? new ParentStep(parent, row.GetInt32(14), row.GetInt32(15)) : null, row.GetInt64(12));
    }

    public static JournalEntry ReadEntry(SqliteDataReader row) => new()
    {
        Kind = (JournalEntryKind)row.GetInt32(0),
        At = Time(row, 1)!.Value,
        Step = row.GetInt32(2),
        Name = Text(row, 3),
        Target = Text(row, 4),
        Due = Time(row, 5),
        Attempt = row.GetInt32(6),
        Body = Text(row, 7),
    };

    public static void Set(SqliteCommand command, string name, object? value) => command.Parameters.AddWithValue(name, value ?? DBNull.Value);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
