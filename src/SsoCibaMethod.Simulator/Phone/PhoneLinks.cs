namespace SsoCibaMethod.Simulator.Phone;

/// <summary>The addresses of the phone, below the path of the OP.</summary>
internal static class PhoneLinks
{
    public const string Phone = "/phone";
    public const string Settings = "/phone/settings";
    public const string Keys = "/phone/settings/keys";

    /// <summary>What a person can do.</summary>
    public static readonly IReadOnlyList<CibaSimulatorDecision> Decisions =
        [CibaSimulatorDecision.Approve, CibaSimulatorDecision.Decline, CibaSimulatorDecision.Expire];

    public static string ToPhone(string mount, CibaSimulatorAccount? account = null, string? done = null) =>
        $"{mount}{Phone}{(account is null ? "" : $"?user={Uri.EscapeDataString(account.Key)}")}{(done is null ? "" : $"{(account is null ? '?' : '&')}done={done}")}";

    public static string ToSettings(string mount, string? done = null) =>
        $"{mount}{Settings}{(done is null ? "" : $"?done={done}")}";

    public static string To(CibaSimulatorDecision decision) => decision switch
    {
        CibaSimulatorDecision.Approve => "/phone/approve",
        CibaSimulatorDecision.Decline => "/phone/decline",
        _ => "/phone/expire",
    };
}
