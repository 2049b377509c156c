using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli.Checks;

/// <summary>
/// Does the OP take this client for who it says it is? Asked by a token request for a login that nobody began: no phone rings, and an OP must know the client
/// before it can say that there is no such login (RFC 6749 §3.2.1, §5.2).
/// </summary>
internal sealed class ClientCheck : IMethodCheck
{
    public const string Id = "client";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(15);

    public string Name => Id;

    public string? Needs => OfferCheck.Id;

    public async Task<IReadOnlyList<Finding>> RunAsync(CheckedMethod method, CancellationToken cancellationToken)
    {
        var metadata = await method.ReadMetadataAsync(cancellationToken);
        var form = new FormParameters();
        form.Add("grant_type", CibaClient.GrantType);

        // Of the letters that an auth_req_id may have, and long enough to be nobody's (CIBA Core §7.3).
        form.AddConfidential("auth_req_id", Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(24)));
        using var limit = new CancellationTokenSource(TimeLimit, method.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await new EndpointClient(method.Client, method.Backchannel, method.Time).RequestTokensAsync(form, metadata.Usable!, both.Token);
            return [ClientAnswer.Judge(answer, form.Confidential, method.Client)];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [ClientAnswer.Silent($"no answer within {TimeLimit.TotalSeconds:0} s")];
        }
    }
}
