using System.Net;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;

namespace ClickFuncs.Api.Tests.Issues;

/// <summary>Found by fuzzing: a token in five pieces, the form of an encrypted one, was answered 500, since its issuer was asked for before anybody could read it.</summary>
public sealed class EncryptedTokenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Session_TokenInFivePieces_IsUnauthorized(int after)
    {
        await using var host = await ApiHost.StartAsync();
        var pieces = TestIssuer.Shared.Token().Split('.').ToList();
        pieces.InsertRange(after, ["", ""]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {string.Join('.', pieces)}");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
