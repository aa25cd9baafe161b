using System.Diagnostics.CodeAnalysis;

namespace ClickFuncs.Links;

/// <summary>
/// The keys a server accepts, and the one it signs with. To rotate: add the new key everywhere, make it the active one,
/// and take the old one away when a link's lifetime has passed. Immutable.
/// </summary>
public sealed class LinkKeyRing
{
    private readonly LinkKey?[] _byId = new LinkKey?[256];

    /// <summary>Makes a ring.</summary>
    /// <exception cref="ArgumentException">Two keys share an id, or no key has the active id.</exception>
    public LinkKeyRing(IEnumerable<LinkKey> keys, byte activeId)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var key in keys)
        {
            if (_byId[key.Id] is not null)
                throw new ArgumentException($"Two link keys have the id {key.Id}.", nameof(keys));
            _byId[key.Id] = key;
        }

        Active = _byId[activeId] ?? throw new ArgumentException($"There is no link key {activeId} to sign with.", nameof(activeId));
    }

    /// <summary>The key that signs new links.</summary>
    public LinkKey Active { get; }

    /// <summary>Finds the key a link names.</summary>
    public bool TryGet(byte id, [MaybeNullWhen(false)] out LinkKey key) => (key = _byId[id]) is not null;

    /// <summary>Reads the ring from options that <see cref="LinkOptionsRules"/> found in order.</summary>
    public static LinkKeyRing From(LinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LinkKeyRing(
            options.Keys.Select(key => new LinkKey((byte)key.Id, Convert.FromBase64String(key.Secret))), (byte)options.ActiveKeyId);
    }
}
