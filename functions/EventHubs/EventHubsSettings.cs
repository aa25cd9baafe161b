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

    /// <summary>Consumer group of the counting trigger.</summary>
    public const string CountingGroup = "counting";

    /// <summary>Consumer group for reading gaps. Its own: the trigger's receivers are exclusive and would end any other of their group.</summary>
    public const string HealingGroup = "healing";
}
