namespace ClickFuncs.Api.Pages;

/// <summary>A file of the dashboard as the build made it.</summary>
/// <param name="Path">Where it lies, such as <c>assets/index-4f1c.js</c>: all but <c>index.html</c> carry a hash of their content.</param>
/// <param name="Plain">Its content.</param>
/// <param name="Brotli">The same, compressed.</param>
/// <param name="Gzip">The same, compressed for clients that know nothing newer.</param>
internal sealed record PageFile(string Path, byte[] Plain, byte[] Brotli, byte[] Gzip);
