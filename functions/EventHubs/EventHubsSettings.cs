namespace ClickFuncs.Functions.EventHubs;

/// <summary>Names that the triggers, the clients and the infrastructure share. A test compares them with <c>infra/</c>.</summary>
public static class EventHubsSettings
{
    /// <summary>Prefix of the settings that say where Event Hubs are: <c>EventHubs__fullyQualifiedNamespace</c> and those of the identity.</summary>
    public const string Connection = "EventHubs";

    /// <summary>Setting that names the hub of the click log.</summary>
    public const string Hub = "ClickLogHub";

    /// <summary>The same, as a trigger's attribute takes it.</summary>
    public const string HubExpression = "%" + Hub + "%";

    /// <summary>Setting that names the hub of spend reports; it has one partition.</summary>
    public const string SpendHub = "SpendHub";

    /// <summary>The same, as a trigger's attribute takes it.</summary>
    public const string SpendHubExpression = "%" + SpendHub + "%";

    /// <summary>Setting that names the hub of click signals; it has one partition.</summary>
    public const string SignalsHub = "SignalsHub";

    /// <summary>The same, as a trigger's attribute takes it.</summary>
    public const string SignalsHubExpression = "%" + SignalsHub + "%";

    /// <summary>Consumer group of the second-stage triggers.</summary>
    public const string LaneGroup = "lane";

    /// <summary>Consumer group of the counting trigger.</summary>
    public const string CountingGroup = "counting";

    /// <summary>Consumer group for reading gaps. Its own: the trigger's receivers are exclusive and would end any other of their group.</summary>
    public const string HealingGroup = "healing";
}
