using System.Net;
using System.Text;
using ClickFuncs.Testing.Memory;
using ClickFuncs.Verdicts.Addresses;

namespace ClickFuncs.Core.Tests.Verdicts.Addresses;

public sealed class AddressTableTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 100;

    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.0", true)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.0/120", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true)]
    [InlineData("::/0", "10.0.0.1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("2001:db8::/32", "no address", false)]
    [InlineData("2001:db8::/32", "", false)]
    public void Contains_Address_SaysWhetherTheNetworkHoldsIt(string network, string address, bool expected) =>
        Assert.Equal(expected, new AddressTable([Range(network)]).Contains(Encoding.UTF8.GetBytes(address)));

    [Fact]
    public void Contains_NoRanges_HoldsNothing() => Assert.False(new AddressTable([]).Contains(AddressText.MappedPrefix));

    [Fact]
    public void Count_NetworksThatTouchOrOverlap_AreOneInterval() =>
        Assert.Equal(1, new AddressTable([Range("10.0.1.0/24"), Range("10.0.0.0/24"), Range("10.0.0.0/23"), Range("10.0.0.5")]).Count);

    // Networks of a few neighbouring bits, so that they nest, overlap and touch, and addresses at their edges.
    [Fact]
    public void Contains_ManyNetworks_AgreesWithAskingEachOne()
    {
        var inside = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            IPNetwork[] networks = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => AnyNetwork(random))];
            var table = new AddressTable(networks.Select(network => Range(network.ToString())));
            for (var i = 0; i < 100; i++)
            {
                var address = AnyAddress(random, random.Next(2) == 0);
                var expected = networks.Any(network => network.Contains(address));
                Assert.True(expected == table.Contains(Encoding.UTF8.GetBytes(address.ToString())), $"Seed {seed}: {address} in {string.Join(", ", networks)}");
                inside += expected ? 1 : 0;
            }
        }

        Assert.InRange(inside, Seeds * 5, Seeds * 95);
    }

    [Fact]
    public void Contains_ManyAddresses_AllocatesNothing()
    {
        var table = new AddressTable([Range("203.0.113.0/24"), Range("2001:db8::/32")]);
        byte[][] addresses = [.. "203.0.113.7 2001:db8::7 ::ffff:1.2.3.4 nonsense".Split(' ').Select(Encoding.UTF8.GetBytes)];
        Assert.Equal(0, Allocations.FewestOf(AskAll));

        void AskAll()
        {
            foreach (var address in addresses)
                table.Contains(address);
        }
    }

    private static IPNetwork AnyNetwork(Random random)
    {
        var v4 = random.Next(2) == 0;
        var prefix = v4 ? random.Next(20, 33) : random.Next(116, 129);
        var bytes = AnyAddress(random, v4).GetAddressBytes();
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static IPAddress AnyAddress(Random random, bool v4)
    {
        var low = (ushort)random.Next(1 << 12);
        return v4 ? IPAddress.Parse($"10.0.{low >> 8}.{low & 255}") : IPAddress.Parse($"2001:db8::{low:x}");
    }

    private static AddressRange Range(string network) =>
        AddressRange.TryParse(network, out var range, out var problem) ? range : throw new ArgumentException($"{network} {problem}");
}
