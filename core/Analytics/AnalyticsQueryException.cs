namespace ClickFuncs.Analytics;

/// <summary>The store can't answer this question, though it is well formed. The message is for whoever asked: it says what to ask instead.</summary>
public class AnalyticsQueryException(string message) : Exception(message);
