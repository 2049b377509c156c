using Microsoft.AspNetCore.Components;

namespace SsoCibaMethod;

/// <summary>
/// The base of a component by which a host draws the login page around ours. It is given the whole inner page as <see cref="LayoutComponentBase.Body"/> and must show that once;
/// nothing inline runs or applies, since the page's content security policy forbids it.
/// </summary>
public abstract class CibaPageLayout : LayoutComponentBase
{
    /// <summary>What is shown.</summary>
    [CascadingParameter]
    public required CibaPage Page { get; set; }
}
