namespace ClickFuncs.Api.OpenApi;

/// <summary>A form that a good answer can be had in beside JSON: a file, for the API's description.</summary>
/// <param name="ContentType">Its media type.</param>
internal sealed record OtherForm(string ContentType);
