using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Functions.Workflows;

/// <summary>
/// What one try came to. A failure is an answer too, not an exception: on its way through the host an exception becomes a text
/// from which its type must be guessed, and whether to try again depends on the type.
/// </summary>
/// <param name="Output">The activity's output as JSON; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="IsFinal">Whether trying again is no use.</param>
public sealed record ActivityAnswer(string? Output, FailureDetails? Failure, bool IsFinal)
{
    /// <summary>It succeeded.</summary>
    public static ActivityAnswer Of(string output) => new(output, null, false);

    /// <summary>It failed.</summary>
    public static ActivityAnswer Of(Exception failure) => new(null, FailureDetails.Of(failure), failure is NonRetryableException);
}
