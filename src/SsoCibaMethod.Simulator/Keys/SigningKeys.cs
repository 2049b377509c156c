using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Keys;

/// <summary>The keys that sign ID tokens. After a rotation the ones before stay published, so that tokens on their way can still be checked.</summary>
internal sealed class SigningKeys
{
    public static readonly IReadOnlyList<string> Algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private KeyPair[] _generations = [new()];

    public SigningCredentials For(string algorithm)
    {
        var newest = Volatile.Read(ref _generations)[0];
        return new(algorithm == SecurityAlgorithms.EcdsaSha256 ? newest.Ec : newest.Rsa, algorithm);
    }

    public void Rotate() => Volatile.Write(ref _generations, [new(), Volatile.Read(ref _generations)[0]]);

    public JsonObject ToJwks() =>
        new() { ["keys"] = new JsonArray([.. Volatile.Read(ref _generations).SelectMany(generation => generation.ToJwks())]) };
}
