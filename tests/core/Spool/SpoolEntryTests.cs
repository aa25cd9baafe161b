using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Spool;

namespace ClickFuncs.Core.Tests.Spool;

public sealed class SpoolEntryTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(1_782_907_200_123L)]
    public void Read_WhatWasWritten_IsTheSame(long? handedOverMs)
    {
        var id = new Fingerprint(0x0123456789abcdef, 0xfedcba9876543210);
        byte[] entry = [.. new byte[SpoolEntry.HeaderBytes], 1, 2, 3];
        SpoolEntry.WriteHeader(entry, id, handedOverMs);

        var record = SpoolEntry.Read(entry, out var readId, out var readMs);

        Assert.Equal([1, 2, 3], record.ToArray());
        Assert.Equal((id, handedOverMs), (readId, readMs));
    }

    // Entries outlive an upgrade: this one was written by format 1.
    [Fact]
    public void Read_EntryOfFormatOne_IsUnderstood()
    {
        var entry = Convert.FromHexString("01017BF42B1D9F010000EFCDAB89674523011032547698BADCFE6162");

        var record = SpoolEntry.Read(entry, out var id, out var handedOverMs);

        Assert.Equal("ab"u8.ToArray(), record.ToArray());
        Assert.Equal((new Fingerprint(0x0123456789abcdef, 0xfedcba9876543210), 1_782_900_847_739L), (id, handedOverMs!.Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SpoolEntry.HeaderBytes - 1)]
    public void Read_TooShort_IsRefused(int length) =>
        Assert.Throws<LogCorruptException>(() => SpoolEntry.Read(Enumerable.Repeat((byte)1, length).ToArray(), out _, out _));

    [Fact]
    public void Read_NewerFormat_IsRefusedWithASentence()
    {
        var entry = new byte[40];
        SpoolEntry.WriteHeader(entry, default, null);
        entry[0] = 2;

        var failure = Assert.Throws<LogCorruptException>(() => SpoolEntry.Read(entry, out _, out _));
        Assert.Contains("the version that wrote it", failure.Message, StringComparison.Ordinal);
    }
}
