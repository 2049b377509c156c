namespace SsoCibaMethod;

/// <summary>What a layout may know of the page it draws around. Nothing confidential is in it.</summary>
/// <param name="Scheme">The method.</param>
/// <param name="Name">The name of the service people sign in to.</param>
/// <param name="Title">The heading.</param>
/// <param name="State">Where the login stands: <c>hint</c>, <c>user_code</c>, <c>sending</c>, <c>waiting</c>, <c>approved</c>, <c>declined</c>, <c>expired</c>, <c>cancelled</c>,
/// <c>failed</c>, <c>limited</c>, <c>unknown</c> or <c>closed</c>.</param>
/// <param name="Language">The page's language, as a tag.</param>
/// <param name="IsRightToLeft">Whether it is written from right to left.</param>
/// <param name="Home">Where the application is.</param>
public sealed record CibaPage(string Scheme, string Name, string Title, string State, string Language, bool IsRightToLeft, string Home);
