using System.Diagnostics;

namespace ClickFuncs.Telemetry.Tracing;

/// <summary>A traced click that is durable on the log and not visible yet.</summary>
/// <param name="Sequence">Its sequence number in the partition.</param>
/// <param name="Context">Its trace, and the span that the later ones hang under.</param>
internal readonly record struct FollowedClick(long Sequence, ActivityContext Context);
