using System.Globalization;
using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Bench.Processor;

/// <summary>Encoded clicks of realistic size, in order of time with some disorder, 3 % repeated; the same on every run.</summary>
/// <param name="ads">Number of ads, all clicked alike.</param>
/// <param name="eventsPerSecond">How many there are to a second of event time.</param>
/// <param name="visitors">How many addresses and users there are; one of each for every visitor.</param>
/// <param name="hasBursts">Whether one second in a minute has a visitor that clicks one ad over and over: about 1.5 % of all clicks.</param>
internal sealed class SyntheticEvents(int ads, int eventsPerSecond = 12_000, int visitors = 1, bool hasBursts = false)
{
    /// <summary>What each click costs.</summary>
    public const long CostMicros = 450_000;

    private const long StartMs = 1_782_907_200_000;

    /// <summary>A dedup horizon within which this stream has 0.7 to 1.4 million ids.</summary>
    public static readonly TimeSpan HorizonOfAMillion = TimeSpan.FromMinutes(1);

    private static readonly string[] Devices = ["mobile", "desktop", "tablet"];
    private static readonly string[] Countries = ["NO", "DE", "US", "JP", "BR"];

    private readonly Random _random = new(1);
    private readonly byte[] _buffer = new byte[2048];
    private readonly byte[] _userAgent = Encoding.ASCII.GetBytes(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36");

    private readonly byte[] _referrer = Encoding.ASCII.GetBytes("https://news.example.org/2026/07/article");
    private readonly byte[][][] _names = [.. Enumerable.Range(0, ads).Select(ad => Names(ad))];

    public void Fill(RecordBatch batch, ref long sequence, int count)
    {
        batch.Clear();
        for (var i = 0; i < count; i++, sequence++)
        {
            var number = _random.Next(100) < 3 && sequence > 1000 ? sequence - _random.Next(1000) : sequence;
            var picks = new Random((int)(number * 2_654_435_761 >> 7));
            var names = _names[picks.Next(_names.Length)];
            var visitor = visitors == 1 ? 0 : picks.Next(visitors);
            if (hasBursts && number / eventsPerSecond % 60 == 0)
                (names, visitor) = (_names[0], (int)(number / eventsPerSecond / 60 % visitors));
            var timeMs = StartMs + (number * 1000 / eventsPerSecond) + picks.Next(20_000);
            var view = new EventView
            {
                ClickId = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"clk_{(ulong)number * 0x9E3779B97F4A7C15UL:x16}")),
                EventTimeMs = timeMs,
                CostMicros = CostMicros,
                AdvertiserId = names[0],
                CampaignId = names[1],
                AdGroupId = names[2],
                AdId = names[3],
                CreativeId = names[4],
                Currency = "USD"u8,
                Device = Encoding.ASCII.GetBytes(Devices[picks.Next(Devices.Length)]),
                Country = Encoding.ASCII.GetBytes(Countries[picks.Next(Countries.Length)]),
                UserId = visitors == 1 ? "usr_55c4b3a2"u8 : Text("usr", visitor),
                Ip = visitors == 1 ? "203.0.113.7"u8 : Address(visitor),
                UserAgent = _userAgent,
                Referrer = _referrer,
            };
            batch.Add(sequence, timeMs + 50, _buffer.AsSpan(0, EventEncoder.Encode(view, _buffer)));
        }
    }

    private static byte[][] Names(int ad) =>
    [
        Text("adv", ad % 50), Text("cmp", ad % 200), Text("grp", ad % 500), Text("ad", ad), Text("cr", ad % 3),
    ];

    private static byte[] Address(int number) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"10.{(byte)(number >> 16)}.{(byte)(number >> 8)}.{(byte)number}"));

    private static byte[] Text(string prefix, int number) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{prefix}_{number:x8}"));
}
