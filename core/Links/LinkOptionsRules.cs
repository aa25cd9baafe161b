namespace ClickFuncs.Links;

/// <summary>What makes <see cref="LinkOptions"/> usable. Pure; secrets never appear in a message.</summary>
public static class LinkOptionsRules
{
    /// <summary>Everything that is wrong, as sentences; empty when the options are in order.</summary>
    /// <param name="options">The options.</param>
    /// <param name="dedupHorizon">How long the stream remembers an event id.</param>
    public static IReadOnlyList<string> Problems(LinkOptions options, TimeSpan dedupHorizon)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        var ids = new HashSet<int>();
        foreach (var key in options.Keys)
        {
            if (key.Id is < 1 or > 255)
                problems.Add($"Link key id {key.Id} is not between 1 and 255.");
            if (!ids.Add(key.Id))
                problems.Add($"Link key id {key.Id} is given twice.");
            if (SecretLength(key.Secret) < LinkKey.MinSecretBytes)
                problems.Add($"The secret of link key {key.Id} is not base64 of at least {LinkKey.MinSecretBytes} bytes.");
        }

        if (!ids.Contains(options.ActiveKeyId))
            problems.Add($"There is no link key {options.ActiveKeyId} to sign with.");
        if (options.Lifetime < TimeSpan.FromMinutes(1) || options.Lifetime > dedupHorizon)
            problems.Add($"The lifetime of a link ({options.Lifetime}) must lie between one minute and the dedup horizon ({dedupHorizon}): a replay after the horizon would count twice.");
        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > TimeSpan.FromHours(1))
            problems.Add($"The clock skew of link makers ({options.ClockSkew}) must lie between zero and one hour.");
        return problems;
    }

    private static int SecretLength(string secret)
    {
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret, bytes, out var length) ? length : 0;
    }
}
