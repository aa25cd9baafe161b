namespace ClickFuncs.Api.Problems;

/// <summary>Problems that any endpoint can have.</summary>
internal static class HttpProblems
{
    public static readonly Problem BadRequest = new(
        "bad-request", 400, "Bad request", "The request can't be read.");

    public static readonly Problem NotFound = new(
        "not-found", 404, "Not found", "There is nothing at this path.");

    public static readonly Problem MethodNotAllowed = new(
        "method-not-allowed", 405, "Method not allowed", "This path doesn't answer to that method; the Allow header names those it does.");

    public static readonly Problem TooSlow = new(
        "request-timeout", 408, "Request timeout", "The request body came too slowly. Send it again, in smaller parts on a slow connection.");

    public static readonly Problem TooLarge = new(
        "content-too-large", 413, "Content too large", "The request body is larger than this server accepts. Send it in parts.");

    public static readonly Problem UnsupportedMediaType = new(
        "unsupported-media-type", 415, "Unsupported media type", "The request body has a type that this path doesn't read.");

    public static readonly Problem Internal = new(
        "internal-error", 500, "Internal error", "Something went wrong on the server; it was logged. Trying again later may help.");

    private static readonly Problem Unauthorized = new(
        "unauthorized", 401, "Unauthorized", "This path needs a bearer token or a signed-in browser session.");

    private static readonly Problem Forbidden = new(
        "forbidden", 403, "Forbidden", "These credentials don't allow this.");

    private static readonly Problem Unavailable = new(
        "unavailable", 503, "Unavailable", "The server can't answer now. Try again later.");

    /// <summary>The problem for a bare status code.</summary>
    public static Problem Of(int status) => status switch
    {
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => TooSlow,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        503 => Unavailable,
        >= 500 => Internal,
        _ => BadRequest,
    };
}
