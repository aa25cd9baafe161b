using ClickFuncs.Api.Problems;

namespace ClickFuncs.Api.Operations;

/// <summary>Problems of the operations endpoints.</summary>
internal static class OperationsProblems
{
    public static readonly Problem BadQuarantineQuery = new(
        "bad-quarantine-query", 400, "Bad query", "kind must be quarantined or late; partition and from whole numbers from 0; limit 1 to 1000.");

    public static readonly Problem NotJson = new(
        "json-expected", 415, "JSON expected", "Send the replay as application/json.");

    public static readonly Problem BadReplay = new(
        "bad-replay", 400, "Bad replay", "The body must be an object with reason, mended, is_dry_run and from; from and each place have partition and sequence from 0; each mended event has place and event, a line of JSON as text.");

    public static readonly Problem LogUnavailable = new(
        "log-unavailable", 503, "Log unavailable", "The log did not take the events. Ask again: what it took is not sent twice.");
}
