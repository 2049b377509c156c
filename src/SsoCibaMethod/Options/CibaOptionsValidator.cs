using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace SsoCibaMethod;

/// <summary>Finds every fault of a method's settings at once; each names the setting and the cure.</summary>
internal sealed class CibaOptionsValidator(IOptions<AuthenticationOptions> authentication) : IValidateOptions<CibaOptions>
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
            .. LoginHintRules.Faults(options, authentication.Value),
            .. StartLimitRules.Faults(options),
            .. PageRules.Faults(options, authentication.Value),
            .. TimeRules.Faults(options),
            .. HostRules.Faults(name!, options, authentication.Value),
        ];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"Method {name}: {fault}"));
    }
}
