namespace ClickFuncs.Batch.Workflows;

/// <summary>What a journal keeps of a failure.</summary>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">Its message; a very long one is cut.</param>
public sealed record FailureDetails(string Type, string Message)
{
    private const int MaxMessage = 4000;

    /// <summary>The details of an exception.</summary>
    public static FailureDetails Of(Exception failure) => new(
        failure.GetType().FullName ?? failure.GetType().Name,
        failure.Message.Length <= MaxMessage ? failure.Message : string.Concat(failure.Message.AsSpan(0, MaxMessage), " (cut)"));
}
