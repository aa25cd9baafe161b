namespace ClickFuncs.Batch.Workflows;

/// <summary>What a journal keeps of a failure.</summary>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">Its message; a very long one is cut.</param>
public sealed record FailureDetails(string Type, string Message)
{
    private const int MaxMessage = 4000;

    /// <summary>The details of an exception.</summary>
    public static FailureDetails Of(Exception failure) => new(failure.GetType().FullName ?? failure.GetType().Name, Cut(failure.Message));

    /// <summary>Why somebody cancelled a run.</summary>
    public static FailureDetails Cancelled(string reason) => new(nameof(Cancelled), Cut(reason));

    private static string Cut(string message) =>
        message.Length <= MaxMessage ? message : string.Concat(message.AsSpan(0, MaxMessage), " (cut)");
}
