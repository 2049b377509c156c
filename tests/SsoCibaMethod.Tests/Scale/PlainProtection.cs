using Microsoft.AspNetCore.DataProtection;

namespace SsoCibaMethod.Tests.Scale;

/// <summary>Records without protection: the simulation counts, and shows nobody anything.</summary>
internal sealed class PlainProtection : IDataProtectionProvider, IDataProtector
{
    public IDataProtector CreateProtector(string purpose) => this;

    public byte[] Protect(byte[] plaintext) => plaintext;

    public byte[] Unprotect(byte[] protectedData) => protectedData;
}
