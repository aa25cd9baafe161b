namespace ClickFuncs.Api.Alerts;

/// <summary>Who has to hear of an alert.</summary>
public enum AlertSeverity
{
    /// <summary>Somebody has to look within the working day.</summary>
    Ticket,

    /// <summary>Somebody has to be woken.</summary>
    Page,
}
