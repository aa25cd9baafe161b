using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Api;

/// <summary>Bounds that hold for every endpoint but the redirect, which reads no body.</summary>
public sealed class ApiOptions
{
    /// <summary>Largest request body, in bytes. Default 1 MiB, the bound of the events endpoint.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public long MaxRequestBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Batches of events that are read and recorded at once; more are turned away with 503. Default 64: they hold a body each.</summary>
    [Range(1, 10_000)]
    public int MaxEventBatches { get; set; } = 64;

    /// <summary>
    /// Requests a minute that one caller may send below <c>/api/</c>; a minute's worth may come at once. Default 1200: forty open dashboards
    /// of one person, or a batch of events each 50 ms. Clicks are bounded by <c>Redirect:MaxInFlight</c> instead.
    /// </summary>
    [Range(1, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 1200;
}
