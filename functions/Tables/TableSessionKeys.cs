using System.Xml.Linq;
using ClickFuncs.Functions.Documents;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ClickFuncs.Functions.Tables;

/// <summary>The keys that browser sessions are encrypted with, shared by all instances.</summary>
/// <param name="documents">The table.</param>
public sealed class TableSessionKeys(IDocuments documents) : IXmlRepository
{
    private const string Pk = "session-keys";

    /// <inheritdoc/>
    // The framework asks at start and once a day, and knows no waiting.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        using var content = new MemoryStream();
        element.Save(content);
        var document = new BodyDocument { Id = $"{Guid.CreateVersion7():N}", Pk = Pk, Body = content.ToArray() };
        documents.WriteAsync(Pk, [DocumentWrite.Create(document.Id, document, DocumentJson.Default.BodyDocument)], CancellationToken.None).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var found = await documents.RangeAsync(Pk, "0", "g", 1000, CancellationToken.None).ConfigureAwait(false);
        return [.. found.Select(stored =>
        {
            using var content = new MemoryStream(stored.Read(DocumentJson.Default.BodyDocument).Body ?? []);
            return XElement.Load(content);
        })];
    }
}
