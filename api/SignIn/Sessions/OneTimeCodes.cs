using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ClickFuncs.Api.SignIn.Sessions;

/// <summary>
/// Codes that open one session each, for the sign-in link a host prints. They live in memory and end with the process. Only a
/// code's hash is kept, so that neither a lookup's time nor a dump of memory gives one away.
/// </summary>
public sealed class OneTimeCodes(TimeProvider time)
{
    /// <summary>How long a code can be used: long enough to switch to the browser.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int MaxOutstanding = 100;

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Expires)> _codes = [];

    /// <summary>Makes a code of 256 random bits that signs a caller in.</summary>
    /// <exception cref="InvalidOperationException">A hundred codes wait for their use.</exception>
    public string Issue(Caller caller)
    {
        foreach (var (hash, (_, expires)) in _codes)
        {
            if (expires <= time.GetUtcNow())
                _codes.TryRemove(hash, out _);
        }

        if (_codes.Count >= MaxOutstanding)
            throw new InvalidOperationException($"{MaxOutstanding} sign-in links wait for their use; more can be made when those have expired.");
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _codes[Hash(code)] = (caller, time.GetUtcNow() + Lifetime);
        return code;
    }

    /// <summary>Uses a code up. Null when it was used, has expired or never was one.</summary>
    internal Caller? Take(string code) =>
        _codes.TryRemove(Hash(code), out var taken) && time.GetUtcNow() < taken.Expires ? taken.Caller : null;

    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
