using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Pages;

/// <summary>
/// The dashboard: one page at several paths, which its script tells apart, and the files it is made of. Anybody may have them; the
/// numbers it asks for are another matter.
/// </summary>
internal static class PageEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Pages = ["/", "/finance", "/operations"];

    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        foreach (var file in PageFiles.Load())
        {
            if (file.Path == "index.html")
                Map(endpoints, Pages, new PageAnswer(file, isImmutable: false));
            else
                Map(endpoints, [$"/{file.Path}"], new PageAnswer(file, isImmutable: true));
        }
    }

    private static void Map(IEndpointRouteBuilder endpoints, string[] paths, PageAnswer answer)
    {
        foreach (var path in paths)
            endpoints.MapMethods(path, Methods, answer.WriteAsync).AllowAnonymous();
    }
}
