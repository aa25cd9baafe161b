using System.ComponentModel.DataAnnotations;
using ClickFuncs.Functions.EventHubs;
using Microsoft.Extensions.Configuration;

namespace ClickFuncs.Functions.Hosting;

/// <summary>The hubs, by the settings that the triggers read too.</summary>
public sealed class HubNames
{
    /// <summary>The click log's.</summary>
    [Required(ErrorMessage = "Set " + EventHubsSettings.Hub + " to the name of the click log's hub.")]
    public string Clicks { get; set; } = "";

    /// <summary>That of reports of spend.</summary>
    [Required(ErrorMessage = "Set " + EventHubsSettings.SpendHub + " to the name of the hub of spend reports.")]
    public string Spend { get; set; } = "";

    /// <summary>That of click signals.</summary>
    [Required(ErrorMessage = "Set " + EventHubsSettings.SignalsHub + " to the name of the hub of click signals.")]
    public string Signals { get; set; } = "";

    /// <summary>Namespace, such as <c>x.servicebus.windows.net</c>; or the connection string of an emulator.</summary>
    [Required(ErrorMessage = "Set " + EventHubsSettings.Connection + "__fullyQualifiedNamespace, or " + EventHubsSettings.Connection + " for an emulator.")]
    public string Namespace { get; set; } = "";

    /// <summary>Whether <see cref="Namespace"/> is a connection string.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>Reads the names from where the triggers do.</summary>
    public void Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Clicks = configuration[EventHubsSettings.Hub] ?? "";
        Spend = configuration[EventHubsSettings.SpendHub] ?? "";
        Signals = configuration[EventHubsSettings.SignalsHub] ?? "";
        IsConnectionString = configuration[EventHubsSettings.Connection] is { Length: > 0 };
        Namespace = configuration[EventHubsSettings.Connection] is { Length: > 0 } connection
            ? connection
            : configuration[$"{EventHubsSettings.Connection}:fullyQualifiedNamespace"] ?? "";
    }
}
