using SsoCibaMethod.Client;

namespace SsoCibaMethod.Polling;

/// <summary>An answer after which the OP is not asked again: tokens, or an error that ends the <c>auth_req_id</c> (CIBA Core §10.1.1, §11).</summary>
/// <param name="Answer">The answer.</param>
/// <param name="ReceivedAt">When it was there, on the clock of schedules.</param>
/// <param name="Time">The same by the wall clock.</param>
internal sealed record LastWord(TokenResponse Answer, TimeSpan ReceivedAt, DateTimeOffset Time)
{
    public static bool IsOne(TokenResponse answer) => answer is TokenResponse.Granted or TokenResponse.Refused or TokenResponse.ProtocolFault;
}
