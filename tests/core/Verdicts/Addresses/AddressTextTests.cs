using System.Net;
using System.Text;
using ClickFuncs.Verdicts.Addresses;

namespace ClickFuncs.Core.Tests.Verdicts.Addresses;

/// <summary>The base library's parser is the oracle: it allocates, and reads some spellings that are refused here.</summary>
public sealed class AddressTextTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 5000;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("203.0.113.7")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::7")]
    [InlineData("2001:DB8:0:0:1:0:0:1")]
    [InlineData("::ffff:203.0.113.7")]
    [InlineData("::ffff:cb00:7107")]
    [InlineData("64:ff9b::192.0.2.33")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:192.0.2.33")]
    public void TryParse_Address_IsThatOfTheBaseLibrary(string text)
    {
        Assert.True(AddressText.TryParse(Encoding.UTF8.GetBytes(text), out var address));
        Assert.Equal(Number(IPAddress.Parse(text)), address);
    }

    [Theory]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    public void TryParse_TwoSpellings_AreTheSameAddress(string one, string other)
    {
        Assert.True(AddressText.TryParse(Encoding.UTF8.GetBytes(one), out var first));
        Assert.True(AddressText.TryParse(Encoding.UTF8.GetBytes(other), out var second));
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("+1.2.3.4")]
    [InlineData("-0.2.3.4")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("0x7f.0.0.1")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("1.2.3.4::")]
    [InlineData("::12345")]
    [InlineData("::g")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("unknown")]
    public void TryParse_NoAddress_IsRefused(string text) => Assert.False(AddressText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_AnyAddressAsTheBaseLibraryWritesIt_IsRead()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var address = AnyAddress(random);
            Assert.True(AddressText.TryParse(Encoding.UTF8.GetBytes(address.ToString()), out var number), $"Seed {seed}: {address}");
            Assert.True(Number(address) == number, $"Seed {seed}: {address}");
        }
    }

    [Fact]
    public void TryParse_DamagedAddress_IsRefusedOrReadAsTheBaseLibraryDoes()
    {
        var read = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder(AnyAddress(random).ToString());
            for (var i = random.Next(1, 3); i > 0; i--)
                text.Insert(random.Next(text.Length + 1), "0123456789abcdefF:::..%/+- "[random.Next(27)]);
            if (!AddressText.TryParse(Encoding.UTF8.GetBytes(text.ToString()), out var number))
                continue;
            read++;
            Assert.True(IPAddress.TryParse(text.ToString().Split('%')[0], out var expected) && Number(expected) == number, $"Seed {seed}: {text}");
        }

        Assert.True(read > Seeds / 20, $"Only {read} were read: the property hardly ran.");
    }

    // Many zero groups, as they are what :: is about.
    private static IPAddress AnyAddress(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        for (var i = 0; i < bytes.Length; i += 2)
        {
            if (random.Next(2) == 0)
                (bytes[i], bytes[i + 1]) = (0, (byte)random.Next(2));
        }

        return new IPAddress(bytes);
    }

    private static UInt128 Number(IPAddress address)
    {
        var number = default(UInt128);
        foreach (var b in address.MapToIPv6().GetAddressBytes())
            number = (number << 8) | b;
        return number;
    }
}
