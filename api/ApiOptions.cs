using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Api;

/// <summary>Bounds that hold for every endpoint but the redirect, which reads no body.</summary>
public sealed class ApiOptions
{
    /// <summary>Largest request body, in bytes. Default 1 MiB, the bound of the events endpoint.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public long MaxRequestBodyBytes { get; set; } = 1024 * 1024;
}
