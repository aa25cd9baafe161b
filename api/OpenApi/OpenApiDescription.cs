using ClickFuncs.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ClickFuncs.Api.OpenApi;

/// <summary>Makes the OpenAPI document from what the mapped endpoints say of themselves.</summary>
internal static class OpenApiDescription
{
    /// <summary>Name of the document; it is at <c>/openapi/v1.json</c>.</summary>
    public const string Name = "v1";

    private const string Bearer = "bearer";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(Introduce);
        options.AddOperationTransformer(Complete);
    }

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ClickFuncs",
            Version = Name,
            Description = "Clicks that people are billed for, counted twice. Every refusal is a problem (RFC 9457) with a stable type; every answer has an X-Request-Id.",
        };
        // Where it is served is the host's affair.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, Description = "A token of the issuer, or an API key (cfk_...)." },
        };
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<QueryParameter>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Meaning,
                Required = parameter.IsRequired,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        operation.Responses ??= [];
        if (operation.Responses.TryGetValue("200", out var answer) && answer.Content is { } forms)
        {
            foreach (var form in metadata.OfType<OtherForm>())
                forms[form.ContentType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }

        if (metadata.OfType<IAllowAnonymous>().Any())
            return Task.CompletedTask;
        operation.Description = $"Needs: {string.Join(", ", metadata.OfType<IAuthorizeData>().Select(access => access.Policy).Distinct())}.";
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        var problem = new OpenApiSchemaReference(nameof(ProblemBody), context.Document);
        foreach (var (status, meaning) in (IEnumerable<(int, string)>)[(401, "No credentials, or none that are good."), (403, "Good credentials that don't allow this."), (429, "Too many requests of this caller; see Retry-After.")])
        {
            operation.Responses.TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = meaning,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = problem } },
            });
        }

        return Task.CompletedTask;
    }
}
