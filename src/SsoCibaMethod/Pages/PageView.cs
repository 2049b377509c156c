namespace SsoCibaMethod.Pages;

/// <summary>What the page shows.</summary>
internal enum PageView
{
    /// <summary>The form for the hint; with a notice where an attempt ended.</summary>
    Hint,

    /// <summary>The form for the user code.</summary>
    UserCode,

    /// <summary>A login under way.</summary>
    Progress,

    /// <summary>Nothing can be done here.</summary>
    Closed,
}
