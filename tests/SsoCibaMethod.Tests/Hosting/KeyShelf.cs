using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace SsoCibaMethod.Tests.Hosting;

/// <summary>Where nodes of a test keep the keys of data protection that they share.</summary>
internal sealed class KeyShelf : IXmlRepository
{
    private readonly List<XElement> _elements = [];

    public bool IsOutOfReach { get; set; }

    public Action OnRead { get; set; } = () => { };

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        OnRead();
        return IsOutOfReach ? throw new IOException("The database is down.") : [.. _elements];
    }

    public void StoreElement(XElement element, string friendlyName) => _elements.Add(element);
}
