namespace SsoCibaMethod.Simulator.Phone;

/// <summary>What the page says after something was done. The address names it, so only these can ever be shown.</summary>
internal static class PhoneNotices
{
    public const string Late = "late";
    public const string Saved = "saved";
    public const string Rotated = "rotated";

    public static string Of(CibaSimulatorDecision decision) => decision switch
    {
        CibaSimulatorDecision.Approve => "approved",
        CibaSimulatorDecision.Decline => "declined",
        _ => "expired",
    };

    public static string? TextOf(string? done) => done switch
    {
        "approved" => "Approved. The other screen goes on by itself.",
        "declined" => "Declined. Nothing is allowed.",
        "expired" => "Left to expire. The other screen will be told.",
        Late => "That request was no longer open.",
        Saved => "Saved. Requests under way keep their interval and lifetime.",
        Rotated => "New keys sign from now on.",
        _ => null,
    };
}
