namespace ClickFuncs.Api.OpenApi;

/// <summary>A query parameter of an endpoint, for the API's description.</summary>
/// <param name="Name">As it is in the query.</param>
/// <param name="Meaning">What it does, in a sentence.</param>
/// <param name="IsRequired">Whether the endpoint refuses without it.</param>
internal sealed record QueryParameter(string Name, string Meaning, bool IsRequired = false);
