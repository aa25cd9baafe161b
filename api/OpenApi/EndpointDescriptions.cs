using System.Reflection;
using ClickFuncs.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClickFuncs.Api.OpenApi;

/// <summary>What an endpoint says of itself, where it is mapped: the API's description is made of it.</summary>
internal static class EndpointDescriptions
{
    // The description is made of endpoints that name a method; handlers here read the request themselves.
    private static readonly MethodInfo Handler = typeof(EndpointDescriptions).GetMethod(nameof(Handle), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Puts an endpoint into the API's description.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="area">Heading it stands under.</param>
    /// <param name="summary">What it does, in a few words.</param>
    /// <param name="parameters">Its query parameters.</param>
    public static T Describe<T>(this T endpoint, string area, string summary, params QueryParameter[] parameters)
        where T : IEndpointConventionBuilder =>
        endpoint.WithTags(area).WithSummary(summary).WithMetadata([Handler, .. parameters]);

    /// <summary>Names what a good answer is.</summary>
    public static T Answers<T>(this T endpoint, Type type, int status = StatusCodes.Status200OK, params string[] contentTypes)
        where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, type, contentTypes.Length > 0 ? contentTypes : ["application/json"]));

    /// <summary>Says that a good answer is 204, without a body.</summary>
    public static T AnswersNothing<T>(this T endpoint)
        where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void), []));

    /// <summary>Names other forms that a good answer can be had in.</summary>
    public static T AlsoAs<T>(this T endpoint, params string[] contentTypes)
        where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata([.. contentTypes.Select(type => new OtherForm(type))]);

    /// <summary>Names what the body is.</summary>
    public static T Reads<T>(this T endpoint, Type type, params string[] contentTypes)
        where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AcceptsMetadata(contentTypes.Length > 0 ? contentTypes : ["application/json"], type));

    /// <summary>Names refusals that are its own; those that any endpoint has are added to all.</summary>
    public static T Refuses<T>(this T endpoint, params int[] statuses)
        where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata([.. statuses.Select(status => new ProducesResponseTypeMetadata(status, typeof(ProblemBody), ["application/problem+json"]))]);

    private static Task Handle(HttpContext context) => Task.CompletedTask;
}
