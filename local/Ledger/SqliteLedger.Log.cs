using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Ledger;

internal sealed partial class SqliteLedger
{
    [LoggerMessage(EventId = 6201, Level = LogLevel.Debug, Message = "Ledger of {Advertiser} in {Currency}: {Added} entries posted, {Count} in all, balance {BalanceMicros} micros.")]
    private partial void LogPosted(string advertiser, string currency, int added, long count, long balanceMicros);

    [LoggerMessage(EventId = 6202, Level = LogLevel.Warning, Message = "{Advertiser} owes {BalanceMicros} micros {Currency} and may owe {LimitMicros}.")]
    private partial void LogOverLimit(string advertiser, string currency, long balanceMicros, long? limitMicros);

    [LoggerMessage(EventId = 6203, Level = LogLevel.Information, Message = "The credit limit of {Advertiser} in {Currency} is now {LimitMicros} micros.")]
    private partial void LogLimit(string advertiser, string currency, long? limitMicros);
}
