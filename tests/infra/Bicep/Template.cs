using System.Text.Json;

namespace ClickFuncs.Infra.Tests.Bicep;

/// <summary>A compiled template: what Azure is asked for, modules resolved.</summary>
internal sealed class Template
{
    private Template(JsonElement root, string diagnostics)
    {
        Root = root;
        Diagnostics = diagnostics;
        Resources = [.. Collect(root, "")];
    }

    /// <summary>The whole.</summary>
    public JsonElement Root { get; }

    /// <summary>What the compiler complained about.</summary>
    public string Diagnostics { get; }

    /// <summary>All resources, those of modules included.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>Reads a compiled template.</summary>
    public static Template Parse(string json, string diagnostics) => new(JsonDocument.Parse(json).RootElement, diagnostics);

    /// <summary>The resources of a type.</summary>
    public IReadOnlyList<TemplateResource> OfType(string type) => [.. Resources.Where(resource => resource.Type == type)];

    private static IEnumerable<TemplateResource> Collect(JsonElement template, string module)
    {
        foreach (var resource in Members(template.GetProperty("resources")))
        {
            var type = resource.GetProperty("type").GetString()!;
            if (type != "Microsoft.Resources/deployments")
            {
                yield return new TemplateResource(type, module, resource, template);
                continue;
            }

            var name = resource.GetProperty("name").GetString()!;
            foreach (var inner in Collect(resource.GetProperty("properties").GetProperty("template"), name))
                yield return inner;
        }
    }

    private static IEnumerable<JsonElement> Members(JsonElement resources) =>
        resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(member => member.Value);
}

/// <summary>A resource of a template.</summary>
/// <param name="Type">Its type, with all parents.</param>
/// <param name="Module">Name of the deployment it belongs to; empty for main.</param>
/// <param name="Json">As it stands.</param>
/// <param name="Template">The template it stands in, for variables.</param>
internal sealed record TemplateResource(string Type, string Module, JsonElement Json, JsonElement Template)
{
    /// <summary>A property by its path, such as <c>properties.disableLocalAuth</c>; null if there is none.</summary>
    public JsonElement? Find(string path)
    {
        var found = Json;
        foreach (var name in path.Split('.'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                return null;
        }

        return found;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} in {Module}";
}
