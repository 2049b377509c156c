using Microsoft.AspNetCore.Components.Rendering;

namespace SsoCibaMethod.Browser.Tests.States;

/// <summary>The methods of <see cref="ShowApp"/>: one for each look.</summary>
internal static class ShowMethods
{
    public const string Plain = "Plain";
    public const string Number = "Number";
    public const string Dressed = "Dressed";
    public const string Hosted = "Hosted";
    public const string Limited = "Limited";
    public const string Confirm = "Confirm";

    public static IReadOnlyList<(string Name, Action<CibaOptions> Settings)> All { get; } =
    [
        (Plain, _ => { }),
        (Number, options => options.LoginHint.InputMode = CibaLoginHintInputMode.Tel),
        (Dressed, Dress),
        (Hosted, options => (options.Page.Name, options.Page.Layout) = ("Shop & Sons", typeof(ShopLayout))),
        (Limited, options => options.StartLimits.PerHint = 1),
        (Confirm, options => (options.LoginHint.Source, options.LoginHint.Claim, options.LoginHint.SubjectClaim) = (CibaLoginHintSource.Claim, "email", "op_sub")),
    ];

    private static void Dress(CibaOptions options)
    {
        options.LoginHint.Remember = true;
        options.Page.Name = "Northern Light Bank";
        options.Page.Logo = Path.Combine(AppContext.BaseDirectory, "States", "logo.svg");
        (options.Page.Accent, options.Page.AccentDark) = ("#0b6e4f", "#6fd3ae");
        options.Page.PhoneApp = "Northern ID";
        options.Page.Help = "/help";
        options.Page.Privacy = "/privacy";
        options.Page.Accessibility = "/accessibility";
        options.Page.OtherWays["Bank card"] = "/card?returnUrl={returnUrl}";
        options.Page.OtherWays["Password"] = "/password?returnUrl={returnUrl}";
    }

    private sealed class ShopLayout : CibaPageLayout
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "header");
            builder.OpenElement(1, "p");
            builder.AddContent(2, Page.Name);
            builder.CloseElement();
            builder.CloseElement();
            builder.AddContent(3, Body);
        }
    }
}
