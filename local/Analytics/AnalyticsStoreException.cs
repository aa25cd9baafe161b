namespace ClickFuncs.Local.Analytics;

/// <summary>The analytics store can't be opened; the message says what to do.</summary>
internal sealed class AnalyticsStoreException(string message, Exception? innerException = null) : Exception(message, innerException);
