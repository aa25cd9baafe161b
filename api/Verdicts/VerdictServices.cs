using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Verdicts;

/// <summary>Registers the judge of clicks.</summary>
public static partial class VerdictServices
{
    /// <summary>Rules come from <c>ClickFuncs:Verdicts</c>; the host doesn't start with a network that can't be read.</summary>
    public static IServiceCollection AddTrafficJudge(this IServiceCollection services)
    {
        services.AddOptions<VerdictOptions>().BindConfiguration("ClickFuncs:Verdicts").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider =>
        {
            var judge = new TrafficJudge(provider.GetRequiredService<IOptions<VerdictOptions>>().Value, KnownBots.Load());
            var logger = provider.GetRequiredService<ILogger<TrafficJudge>>();
            LogReady(logger, judge.BotPatternCount, judge.DataCenterRangeCount);
            return judge;
        });
        return services;
    }

    [LoggerMessage(EventId = 1210, Level = LogLevel.Information, Message = "Clicks are judged by {Patterns} patterns of known bots and {Ranges} ranges of data centres.")]
    private static partial void LogReady(ILogger logger, int patterns, int ranges);
}
