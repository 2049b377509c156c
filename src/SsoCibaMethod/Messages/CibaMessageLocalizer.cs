using System.Globalization;
using Microsoft.Extensions.Localization;

namespace SsoCibaMethod.Messages;

/// <summary>Serves the texts to anybody in the current UI culture. It is registered closed, so that a host's own localization stays as it is.</summary>
internal sealed class CibaMessageLocalizer(MessageCatalog catalog) : IStringLocalizer<CibaMessages>
{
    public LocalizedString this[string name] => new(name, Current[name], resourceNotFound: !Current.Has(name));

    public LocalizedString this[string name, params object[] arguments] => new(name, Current.Format(name, arguments), resourceNotFound: !Current.Has(name));

    private MessageSet Current => catalog.For(method: null, CultureInfo.CurrentUICulture);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        Current.All.Select(entry => new LocalizedString(entry.Key, entry.Value));
}
