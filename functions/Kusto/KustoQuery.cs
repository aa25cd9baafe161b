using System.Globalization;
using System.Reflection;

namespace ClickFuncs.Functions.Kusto;

/// <summary>A query text of this folder with values for its parameters. Values go beside the text, never into it.</summary>
/// <param name="Name">Name of the file without its ending.</param>
public sealed record KustoQuery(string Name)
{
    private readonly Dictionary<string, object> _parameters = new(StringComparer.Ordinal);

    /// <summary>The values, by parameter, as the service's REST interface takes them.</summary>
    public IReadOnlyDictionary<string, object> Parameters => _parameters;

    /// <summary>The text.</summary>
    public string Text { get; } = Load(Name);

    /// <summary>A text.</summary>
    public KustoQuery With(string parameter, string value) => Add(parameter, value);

    /// <summary>A yes or no.</summary>
    public KustoQuery With(string parameter, bool value) => Add(parameter, value);

    /// <summary>A number.</summary>
    public KustoQuery With(string parameter, long value) => Add(parameter, value);

    /// <summary>A time.</summary>
    public KustoQuery WithTime(string parameter, long milliseconds) => Add(parameter, $"datetime({KustoText.Time(milliseconds)})");

    /// <summary>A span of time.</summary>
    public KustoQuery WithSpan(string parameter, long milliseconds) =>
        Add(parameter, string.Create(CultureInfo.InvariantCulture, $"time({TimeSpan.FromMilliseconds(milliseconds):c})"));

    /// <summary>A set of texts.</summary>
    public KustoQuery WithSet(string parameter, IEnumerable<string> values) => Add(parameter, $"dynamic({KustoText.Array(values)})");

    /// <summary>A set of numbers.</summary>
    public KustoQuery WithNumbers(string parameter, IEnumerable<long> values) =>
        Add(parameter, $"dynamic([{string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}])");

    /// <summary>A version by partition.</summary>
    public KustoQuery WithVersions(string parameter, IReadOnlyDictionary<int, long> versions) =>
        Add(parameter, $"dynamic({KustoText.Versions(versions)})");

    /// <summary>No set at all: what the parameter would restrict is not restricted. Said always, since a parameter of type dynamic can't have a default.</summary>
    public KustoQuery WithNone(string parameter) => Add(parameter, "dynamic(null)");

    private static string Load(string name)
    {
        var resource = $"kql/{name}.kql";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The query '{resource}' is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private KustoQuery Add(string parameter, object value)
    {
        _parameters.Add(parameter, value);
        return this;
    }
}
