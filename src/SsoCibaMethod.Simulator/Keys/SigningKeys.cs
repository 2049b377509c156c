using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SsoCibaMethod.Simulator.Keys;

/// <summary>The keys that sign ID tokens. After a rotation the ones before stay published, so that tokens on their way can still be checked.</summary>
internal sealed class SigningKeys
{
    public static readonly IReadOnlyList<string> Algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    // An RSA key takes long to make, and a test starts many simulators; they may share the keys they begin with.
    private static readonly KeyPair First = new();

    private KeyPair[] _generations = [First];

    public SigningCredentials For(string algorithm)
    {
        var newest = Volatile.Read(ref _generations)[0];
        return new(algorithm == SecurityAlgorithms.EcdsaSha256 ? newest.Ec : newest.Rsa, algorithm);
    }

    /// <summary>Gets every key that is published.</summary>
    public IEnumerable<SecurityKey> All => Volatile.Read(ref _generations).SelectMany(generation => new SecurityKey[] { generation.Rsa, generation.Ec });

    public void Rotate() => Volatile.Write(ref _generations, [new(), Volatile.Read(ref _generations)[0]]);

    public JsonObject ToJwks() =>
        new() { ["keys"] = new JsonArray([.. Volatile.Read(ref _generations).SelectMany(generation => generation.ToJwks())]) };
}
