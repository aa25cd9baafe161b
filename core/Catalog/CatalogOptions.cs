using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Catalog;

/// <summary>How the redirect's view of the catalog is kept fresh.</summary>
public sealed class CatalogOptions
{
    /// <summary>How often the store is asked for its version. Default 1 s: a new ad's links work about a second after it was written.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);
}
