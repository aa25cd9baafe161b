namespace ClickFuncs.Api.Alerts;

/// <summary>Words of alerts as they stand in answers, labels and the rules file.</summary>
internal static class AlertText
{
    public static string Of(AlertSeverity severity) => severity == AlertSeverity.Page ? "page" : "ticket";
}
