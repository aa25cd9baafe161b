using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Pages;

/// <summary>
/// The dashboard: one page at several paths, which its script tells apart, and the files it is made of; and the runbook, a page of text. Anybody may have them; the
/// numbers it asks for are another matter.
/// </summary>
internal static class PageEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Pages = ["/", "/finance", "/operations", "/docs"];
    private static readonly string[] Runbook = ["/runbook"];

    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        foreach (var file in PageFiles.Load())
        {
            var (paths, isImmutable) = file.Path switch
            {
                "index.html" => (Pages, false),
                "runbook.html" => (Runbook, false),
                // Their names change with their content.
                _ => ([$"/{file.Path}"], true),
            };
            Map(endpoints, paths, new PageAnswer(file, isImmutable));
        }
    }

    private static void Map(IEndpointRouteBuilder endpoints, string[] paths, PageAnswer answer)
    {
        foreach (var path in paths)
            endpoints.MapMethods(path, Methods, answer.WriteAsync).AllowAnonymous();
    }
}
