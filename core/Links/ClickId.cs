using System.Buffers.Text;
using System.Security.Cryptography;

namespace ClickFuncs.Links;

/// <summary>Makes click ids for links that were not given the id of an impression.</summary>
public static class ClickId
{
    /// <summary>A new id: <c>clk_</c> and 128 random bits in base64url. Unguessable, so nobody can spend another's click in advance.</summary>
    public static string New()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        return "clk_" + Base64Url.EncodeToString(random);
    }
}
