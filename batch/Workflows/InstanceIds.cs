using System.Buffers;

namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// What may be the id of a run: 1 to 100 letters, digits and <c>- _ . : ~</c> of ASCII. Narrower than any runner asks, so that
/// ids can stand in addresses and file names; <c>:</c> parts the id of a child from its parent's.
/// </summary>
public static class InstanceIds
{
    private const int MaxLength = 100;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:~");

    /// <summary>Refuses what is no id.</summary>
    /// <exception cref="ArgumentException">It is empty, too long or has another character.</exception>
    public static void Check(string instanceId)
    {
        if (string.IsNullOrEmpty(instanceId) || instanceId.Length > MaxLength || instanceId.AsSpan().ContainsAnyExcept(Allowed))
            throw new ArgumentException($"'{instanceId}' can't be the id of a run; it takes 1 to {MaxLength} letters, digits and - _ . : ~ only.", nameof(instanceId));
    }
}
