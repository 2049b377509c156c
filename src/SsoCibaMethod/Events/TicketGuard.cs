using Microsoft.AspNetCore.Authentication;

namespace SsoCibaMethod;

/// <summary>
/// Stands between the base class and the host's events for one sign-in. The framework ignores a failure set by the ticket event and signs the user in;
/// here it ends on our page, whatever class of events the host uses.
/// </summary>
internal sealed class TicketGuard(CibaEvents events, Func<Exception?, Task> refuse, Action leave) : CibaEvents
{
    /// <summary>Whether the base class goes on to sign the user in.</summary>
    public bool IsPassed { get; private set; }

    public override Task AccessDenied(AccessDeniedContext context) => events.AccessDenied(context);

    public override Task RemoteFailure(RemoteFailureContext context) => events.RemoteFailure(context);

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        await events.TicketReceived(context);
        if (context.Result?.Failure is { } failure)
        {
            await refuse(failure);
            context.HandleResponse();
        }
        else if (context.Result is { Handled: true } or { Skipped: true })
        {
            leave();
        }
        else
        {
            IsPassed = true;
        }
    }
}
