using System.Globalization;
using ClickFuncs.Batch.Close;
using ClickFuncs.Lake;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace ClickFuncs.Api.Finance;

/// <summary><c>GET /api/v1/finance/reconciliations/{date}/report?format=json|csv|parquet|html&amp;revision=N</c>: the newest revision unless one is named.</summary>
internal static class ReconciliationReports
{
    /// <summary>Name of the report's file in JSON.</summary>
    public const string JsonName = "reconciliation.json";

    public static async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var form = query["format"].ToString() is { Length: > 0 } asked ? asked : "json";
        if (FileOf(form) is not { } file)
        {
            await FinanceProblems.BadForm.WriteAsync(context);
            return;
        }

        var lake = context.RequestServices.GetRequiredService<ILake>();
        if (await FindAsync(lake, context.Request.RouteValues["date"] as string, query["revision"], context.RequestAborted) is not { } record)
        {
            await FinanceProblems.NotClosed.WriteAsync(context);
            return;
        }

        var etag = new EntityTagHeaderValue($"\"{record.ReportSha256[..16]}-{form}\"");
        context.Response.Headers.ETag = etag.ToString();
        context.Response.Headers.CacheControl = "private, no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.Type;
        if (form == "html")
            context.Response.Headers.ContentSecurityPolicy = DocumentPolicy.Value;
        else if (form != "json")
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"reconciliation-{record.Date:yyyy-MM-dd}.{form}\"";
        var stream = await lake.OpenReadAsync(record.Reports + file.Name, context.RequestAborted);
        await using (stream)
            await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>The close record of a day, as the request names it.</summary>
    internal static async ValueTask<CloseRecord?> FindAsync(ILake lake, string? day, string? revision, CancellationToken cancellationToken)
    {
        if (FinanceRequest.Date(day) is not { } date)
            return null;
        var records = new CloseRecords(lake);
        if (string.IsNullOrEmpty(revision))
            return await records.FindNewestAsync(date, cancellationToken);
        return int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await records.FindAsync(date, number, cancellationToken)
            : null;
    }

    private static (string Name, string Type)? FileOf(string form) => form switch
    {
        "json" => (JsonName, "application/json; charset=utf-8"),
        "html" => ("reconciliation.html", "text/html; charset=utf-8"),
        "csv" => ("differences.csv", "text/csv; charset=utf-8"),
        "parquet" => ("differences.parquet", "application/vnd.apache.parquet"),
        _ => null,
    };
}
