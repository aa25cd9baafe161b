using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ClickFuncs.Api.Tests.Hosting;

/// <summary>Session keys that end with the host, so that no test reads another's sessions or leaves keys behind.</summary>
internal sealed class InMemoryKeys : IXmlRepository
{
    private readonly List<XElement> _elements = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_elements)
            return [.. _elements];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_elements)
            _elements.Add(element);
    }
}
