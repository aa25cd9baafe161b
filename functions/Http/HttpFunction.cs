using ClickFuncs.Functions.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ClickFuncs.Functions.Http;

/// <summary>
/// Takes every request. The host forwards it to this worker's own web server, where this function meets it: one hop, whatever the endpoint.
/// Anonymous to the host: who may do what the app itself decides, as on one machine.
/// </summary>
public sealed class HttpFunction(HttpPipeline pipeline)
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">The request on this worker's web server.</param>
    /// <param name="client">For endpoints that start or follow workflows.</param>
    /// <param name="context">The invocation, whose services are those of the request.</param>
    [Function("Http")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        DurableClientOfInvocation.Of(context.InstanceServices).Client = client;
        return pipeline.InvokeAsync(request.HttpContext);
    }
}
