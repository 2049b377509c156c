using System.Security.Claims;

namespace SsoCibaMethod.SampleApp.PasswordFirst;

/// <summary>A user of this application, as its own directory knows them.</summary>
public sealed record Account
{
    /// <summary>Who it is here; the OP knows nothing of it.</summary>
    public required string Id { get; init; }

    /// <summary>The user's name.</summary>
    public required string Name { get; init; }

    /// <summary>The password, hashed.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>What the OP is asked by: <c>LoginHint:Claim</c> of the method <c>StepUp</c> names this claim.</summary>
    public required string Email { get; init; }

    /// <summary>The OP's <c>sub</c> of this user, noted once when the phone was registered: <c>LoginHint:SubjectClaim</c> names this claim.</summary>
    public required string OpSubject { get; init; }

    /// <summary>The user as the cookie keeps them.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [new("sub", Id), new("name", Name), new("email", Email), new("op_sub", OpSubject)], "Password", "name", "role"));
}
