using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SsoCibaMethod.Methods;

namespace SsoCibaMethod;

/// <summary>Finds every fault of a method's settings at once; each names the setting and the cure.</summary>
internal sealed class CibaOptionsValidator(IOptions<AuthenticationOptions> authentication, CibaMethodRegistrations registrations) : IValidateOptions<CibaOptions>
{
    public ValidateOptionsResult Validate(string? name, CibaOptions options)
    {
        List<string> faults =
        [
            .. options.BindingFaults,
            .. ProviderRules.Faults(options),
            .. ClientRules.Faults(options),
            .. TransportRules.Faults(options),
            .. RequestRules.Faults(options),
            .. LoginHintRules.Faults(options, IsScheme),
            .. StartLimitRules.Faults(options),
            .. SecurityEventRules.Faults(options),
            .. PageRules.Faults(options, IsScheme),
            .. TimeRules.Faults(options),
            .. HostRules.Faults(name!, options, IsScheme),
        ];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"Method {name}: {fault}"));
    }

    // A method that came while the application runs is one too.
    private bool IsScheme(string name) => authentication.Value.SchemeMap.ContainsKey(name) || registrations.Find(name) is not null;
}
