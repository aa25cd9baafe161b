namespace ClickFuncs.Local.Workflows;

/// <summary>The statements on <c>workflows.db</c>.</summary>
internal static class WorkflowStatements
{
    public const string Own = """
        INSERT INTO owner (id, token, name) VALUES (1, 1, $name)
        ON CONFLICT (id) DO UPDATE SET token = token + 1, name = excluded.name
        RETURNING token
        """;

    public const string Owner = "SELECT token FROM owner";

    public const string Run = Columns + " WHERE instance = $instance AND execution = $execution";

    public const string Newest = Columns + " WHERE instance = $instance ORDER BY execution DESC LIMIT 1";

    public const string Child = Columns + """
         WHERE parent_instance = $parent_instance AND parent_execution = $parent_execution AND parent_step = $parent_step
        """;

    public const string Unfinished = Columns + " WHERE state < 2 ORDER BY created_ms, instance";

    /// <summary>Compared as bytes, which is ordinal: ids are ASCII.</summary>
    public const string Page = Columns + """
         WHERE instance < $below AND substr(instance, 1, length($prefix)) = $prefix
            AND execution = (SELECT max(execution) FROM executions AS newest WHERE newest.instance = executions.instance)
        ORDER BY instance DESC LIMIT $limit
        """;

    public const string AddRun = """
        INSERT INTO executions
        VALUES ($instance, $execution, $workflow, $state, $created, $updated, $input, $status, $output, $failure_type, $failure,
            $steps_done, $next_sequence, $parent_instance, $parent_execution, $parent_step)
        """;

    public const string UpdateRun = """
        UPDATE executions SET state = $state, updated_ms = $updated, status = $status, output = $output,
            failure_type = $failure_type, failure = $failure, steps_done = $steps_done, next_sequence = $next_sequence
        WHERE instance = $instance AND execution = $execution
        """;

    public const string AddEntry = """
        INSERT INTO journal
        VALUES ($instance, $execution, $sequence, $kind, $at, $step, $name, $target, $due, $attempt, $body)
        """;

    public const string Journal = """
        SELECT kind, at_ms, step, name, target, due_ms, attempt, body
        FROM journal WHERE instance = $instance AND execution = $execution ORDER BY sequence
        """;

    public const string EndedBefore = """
        SELECT instance, execution FROM executions WHERE state >= 2 AND updated_ms < $before ORDER BY updated_ms LIMIT $limit
        """;

    public const string DeleteEntries = "DELETE FROM journal WHERE instance = $instance AND execution = $execution";

    public const string DeleteRun = "DELETE FROM executions WHERE instance = $instance AND execution = $execution";

    private const string Columns = """
        SELECT instance, execution, workflow, state, created_ms, updated_ms, input, status, output, failure_type, failure,
            steps_done, next_sequence, parent_instance, parent_execution, parent_step
        FROM executions
        """;
}
