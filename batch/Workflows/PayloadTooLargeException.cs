namespace ClickFuncs.Batch.Workflows;

/// <summary>An input, output or status is too large for a journal.</summary>
/// <param name="what">What is, as the beginning of a sentence.</param>
/// <param name="bytes">How large it is.</param>
/// <param name="limit">How large it may be.</param>
public sealed class PayloadTooLargeException(string what, int bytes, int limit) : NonRetryableException(
    FormattableString.Invariant($"{what} has {bytes} bytes as JSON, {limit} are allowed. Write it to the lake and pass its name instead."));
