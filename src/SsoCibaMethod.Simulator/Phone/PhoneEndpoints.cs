using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SsoCibaMethod.Simulator.Phone.Pages;
using SsoCibaMethod.Simulator.Wire;

namespace SsoCibaMethod.Simulator.Phone;

/// <summary>The routes of the phone: what a person sees and does.</summary>
internal static class PhoneEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(PhoneAssets.Path, PhoneAssets.HandleAsync);
        group.MapGet(PhoneLinks.Phone, ShowPhoneAsync);
        foreach (var decision in PhoneLinks.Decisions)
        {
            group.MapPost(PhoneLinks.To(decision), context => DecideAsync(context, decision));
        }

        group.MapGet(PhoneLinks.Settings, context => ShowSettingsAsync(context, fault: null));
        group.MapPost(PhoneLinks.Settings, SaveSettingsAsync);
        group.MapPost(PhoneLinks.Keys, RotateKeysAsync);
    }

    private static Task ShowPhoneAsync(HttpContext context)
    {
        var simulator = SimulatorOf(context);
        string? user = context.Request.Query["user"];
        var parameters = Parameters(context, PhoneLinks.Phone);
        parameters["Requests"] = simulator.Requests;
        if (user is not null && simulator.Options.AccountOf(user) is { } account)
        {
            parameters["Account"] = account;
            parameters["Now"] = simulator.Now;
            return RendererOf(context).SendAsync<AccountPage>(context, parameters);
        }

        parameters["Accounts"] = simulator.Options.Accounts.ToArray();
        return RendererOf(context).SendAsync<AccountsPage>(
            context, parameters, user is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private static async Task DecideAsync(HttpContext context, CibaSimulatorDecision decision)
    {
        if (await FormAsync(context) is not { } form)
        {
            return;
        }

        var simulator = SimulatorOf(context);
        string? id = form["auth_req_id"];
        var account = simulator.Requests.FirstOrDefault(request => request.AuthReqId == id)?.Account;
        var decided = account is not null && simulator.Book.Decide(id!, decision);
        GoTo(context, PhoneLinks.ToPhone(
            MountPoint.PathOf(context.Request, PhoneLinks.To(decision)), account, decided ? PhoneNotices.Of(decision) : PhoneNotices.Late));
    }

    private static Task ShowSettingsAsync(HttpContext context, string? fault)
    {
        var simulator = SimulatorOf(context);
        var parameters = Parameters(context, PhoneLinks.Settings);
        parameters["Options"] = simulator.Options;
        parameters["Acknowledged"] = simulator.Acknowledged;
        parameters["Counters"] = simulator.Counters;
        parameters["Fault"] = fault;
        return RendererOf(context).SendAsync<SettingsPage>(
            context, parameters, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task SaveSettingsAsync(HttpContext context)
    {
        if (await FormAsync(context) is not { } form)
        {
            return;
        }

        if (PhoneSettings.Apply(form, SimulatorOf(context).Options) is { } fault)
        {
            await ShowSettingsAsync(context, fault);
            return;
        }

        GoTo(context, PhoneLinks.ToSettings(MountPoint.PathOf(context.Request, PhoneLinks.Settings), PhoneNotices.Saved));
    }

    private static async Task RotateKeysAsync(HttpContext context)
    {
        if (await FormAsync(context) is not null)
        {
            SimulatorOf(context).RotateKeys();
            GoTo(context, PhoneLinks.ToSettings(MountPoint.PathOf(context.Request, PhoneLinks.Keys), PhoneNotices.Rotated));
        }
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        if (!SameOrigin.Sent(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return null;
        }

        return context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
    }

    private static Dictionary<string, object?> Parameters(HttpContext context, string endpoint) => new()
    {
        ["Mount"] = MountPoint.PathOf(context.Request, endpoint).ToUriComponent(),
        ["Notice"] = PhoneNotices.TextOf(context.Request.Query["done"]),
    };

    private static void GoTo(HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
        Answer.NoStore(context.Response);
    }

    private static CibaSimulator SimulatorOf(HttpContext context) => context.RequestServices.GetRequiredService<CibaSimulator>();

    private static PhoneRenderer RendererOf(HttpContext context) => context.RequestServices.GetRequiredService<PhoneRenderer>();
}
