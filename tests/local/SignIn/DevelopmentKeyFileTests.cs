using System.Security.Cryptography;
using ClickFuncs.Local.SignIn;
using ClickFuncs.Local.Tests.State;

namespace ClickFuncs.Local.Tests.SignIn;

public sealed class DevelopmentKeyFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string File => Path.Combine(_folder.Path, "development-issuer.json");

    public DevelopmentKeyFileTests() => Directory.CreateDirectory(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenOrCreate_Again_IsTheSameKey()
    {
        var made = DevelopmentKeyFile.OpenOrCreate(File);
        var read = DevelopmentKeyFile.OpenOrCreate(File);

        Assert.Equal((made.Kid, made.X, made.Y, made.D), (read.Kid, read.X, read.Y, read.D));
        Assert.Null(DevelopmentKeyFile.PublicHalf(read).D);
    }

    [Fact]
    public void OpenOrCreate_OfTwoFolders_AreTwoKeys() =>
        Assert.NotEqual(DevelopmentKeyFile.OpenOrCreate(File).X, DevelopmentKeyFile.OpenOrCreate(File + "2").X);

    [Fact]
    public void OpenOrCreate_OnUnix_IsReadableByTheOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
            return;
        DevelopmentKeyFile.OpenOrCreate(File);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"kty\":\"RSA\",\"crv\":\"P-256\",\"kid\":\"a\",\"x\":\"a\",\"y\":\"a\",\"d\":\"a\"}")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\",\"x\":\"a\",\"y\":\"a\"}")]
    public void OpenOrCreate_OfAFileThatIsNoKey_SaysSoAndLeavesIt(string content)
    {
        System.IO.File.WriteAllText(File, content);

        var failure = Assert.Throws<InvalidDataException>(() => DevelopmentKeyFile.OpenOrCreate(File));

        Assert.Contains(File, failure.Message, StringComparison.Ordinal);
        Assert.Equal(content, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void OpenOrCreate_ByHand_IsAKeyOfTheCurve()
    {
        var key = DevelopmentKeyFile.OpenOrCreate(File);
        using var curve = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = System.Buffers.Text.Base64Url.DecodeFromChars(key.D),
            Q = new ECPoint { X = System.Buffers.Text.Base64Url.DecodeFromChars(key.X), Y = System.Buffers.Text.Base64Url.DecodeFromChars(key.Y) },
        });
        Assert.Equal(256, curve.KeySize);
    }
}
