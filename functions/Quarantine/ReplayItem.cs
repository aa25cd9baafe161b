using ClickFuncs.Events;
using ClickFuncs.Quarantine;

namespace ClickFuncs.Functions.Quarantine;

/// <summary>A quarantined event that is to be sent again.</summary>
/// <param name="Place">Where the quarantined one lies.</param>
/// <param name="Id">Of the event that is sent.</param>
/// <param name="Content">Of its bytes: two of the same bytes are one event.</param>
/// <param name="Record">Its bytes.</param>
/// <param name="SafeUntilMs">Until when the stream surely remembers its id, milliseconds since the Unix epoch.</param>
public sealed record ReplayItem(QuarantinePlace Place, Fingerprint Id, Fingerprint Content, byte[] Record, long SafeUntilMs)
{
    /// <summary>The id as marks keep it.</summary>
    public string IdText => $"{Id.High:x16}{Id.Low:x16}";
}
