using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Api.Velocity;
using ClickFuncs.Privacy;
using ClickFuncs.Velocity;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Velocity;

public sealed class VelocityFlagsTests
{
    private const string Path = "/api/v1/velocity/flags";

    [Fact]
    public async Task Flags_OfNow_ComeNewestFirstByPseudonym()
    {
        var board = new FlagBoard(10);
        await using var host = await StartAsync(board);
        var now = host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        board.Show(
        [
            new VelocityFlag(1, IdentityKind.Ip, now - 2_000, now + 1, 31), new VelocityFlag(0xabc, IdentityKind.User, now - 1_000, now + 5_000, 44),
            new VelocityFlag(3, IdentityKind.Ip, now - 9_000, now, 99), // Over.
        ]);

        var answer = await host.GetAsOperatorAsync(Path);

        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, json.GetProperty("count").GetInt32());
        Assert.Equal(
            ["0000000000000abc user 44", "0000000000000001 ip 31"],
            json.GetProperty("flags").EnumerateArray().Select(flag => $"{flag.GetProperty("identity")} {flag.GetProperty("kind")} {flag.GetProperty("peak_clicks")}"));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Flags_ForOthersThanOperators_AreForbidden()
    {
        await using var host = await StartAsync(new FlagBoard(10));
        foreach (var credential in (string[])[TestIssuer.Shared.TokenOf("finance"), await host.KeyAsync(null)])
        {
            using var answer = await host.GetAsync(Path, ("Authorization", $"Bearer {credential}"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var nobody = await host.GetAsync(Path);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    private static Task<ApiHost> StartAsync(FlagBoard board) => ApiHost.StartAsync(
        map: app => app.MapVelocity(), add: services => services.AddSingleton(new VelocityJudge(new VelocityOptions(), null, board)));
}
