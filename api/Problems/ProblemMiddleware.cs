using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Problems;

/// <summary>Gives every failure a body: unhandled exceptions, refused bodies, and errors that were answered with a bare status.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, HttpProblems.Of(exception.StatusCode));
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away: nobody is left to answer.
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted && StoredDataProblems.Of(exception) is { } problem)
        {
            LogStoredData(logger, exception, problem.Code, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            await AnswerAsync(context, problem);
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogUnhandled(logger, exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            await AnswerAsync(context, HttpProblems.Internal);
            return;
        }

        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentLength is null && response.ContentType is null)
            await HttpProblems.Of(response.StatusCode).WriteAsync(context);
    }

    private static Task AnswerAsync(HttpContext context, Problem problem)
    {
        context.Response.Clear();
        return problem.WriteAsync(context);
    }
}
