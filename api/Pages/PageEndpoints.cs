using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Pages;

/// <summary>The first page at <c>/</c>: live counts per advertiser.</summary>
internal static class PageEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/", new PageFile("live.html", "text/html; charset=utf-8"));
        Map(endpoints, "/live.css", new PageFile("live.css", "text/css; charset=utf-8"));
        Map(endpoints, "/live.js", new PageFile("live.js", "text/javascript; charset=utf-8"));
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, PageFile file) =>
        endpoints.MapMethods(path, Methods, file.WriteAsync).AllowAnonymous();
}
