using Microsoft.AspNetCore.Authentication;
using SsoCibaMethod.PendingLogins;

namespace SsoCibaMethod;

/// <summary>What came of redeeming a login: one of a closed set of cases.</summary>
internal abstract record LoginRedemptionResult
{
    private LoginRedemptionResult()
    {
    }

    /// <summary>The browser is to be signed in with this ticket.</summary>
    public sealed record Ready(AuthenticationTicket Ticket) : LoginRedemptionResult;

    /// <summary>The browser is signed in by this login already, and only has to go on.</summary>
    public sealed record Repeated(string ReturnUrl) : LoginRedemptionResult;

    /// <summary>Another request changed the login at the same moment; it must be looked at again.</summary>
    public sealed record Overtaken : LoginRedemptionResult;

    /// <summary>Whether this node may go on with it cannot be told now; nothing is changed.</summary>
    public sealed record Undecided : LoginRedemptionResult;

    /// <summary>There are no tokens in it (any more).</summary>
    public sealed record Nothing(PendingLogin Login) : LoginRedemptionResult;

    /// <summary>An event of the host answered the request itself, or wants it passed on.</summary>
    public sealed record TakenOver(bool IsHandled) : LoginRedemptionResult;

    /// <summary>The host does not let the user in, or made a mistake.</summary>
    public sealed record Refused(Exception? Failure, bool IsHostFault) : LoginRedemptionResult;
}
