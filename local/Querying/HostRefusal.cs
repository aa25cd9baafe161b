using System.Text.Json;

namespace ClickFuncs.Local.Querying;

/// <summary>Why a running host refused, as a sentence for whoever typed the verb.</summary>
internal static class HostRefusal
{
    /// <summary>The detail of a problem document; whatever else answered, a proxy perhaps, is shown as it is.</summary>
    /// <param name="answer">The body of the answer.</param>
    public static string Explain(string answer)
    {
        try
        {
            var problem = JsonElement.Parse(answer);
            return problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
                ? detail.GetString()!
                : answer;
        }
        catch (JsonException)
        {
            return answer;
        }
    }
}
