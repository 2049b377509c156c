using System.Text.Json.Serialization;

namespace SsoCibaMethod.RealOp.Tests;

/// <summary>What an account's phone does by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PhoneMode>))]
public enum PhoneMode
{
    [JsonStringEnumMemberName("wait")]
    Wait,

    [JsonStringEnumMemberName("approve")]
    Approve,

    [JsonStringEnumMemberName("decline")]
    Decline,
}

/// <summary>A person; the login hint is <paramref name="Sub"/>. The OP starts with <c>alice</c>, and <c>bob</c> whose user code is 1234.</summary>
public sealed record RealOpAccount(string Sub, string? UserCode = null, PhoneMode Mode = PhoneMode.Wait)
{
    /// <summary>Further claims, by name: <c>name</c> (scope profile), <c>email</c>, <c>email_verified</c> (email), <c>phone_number</c> (phone).</summary>
    public IReadOnlyDictionary<string, object>? Claims { get; init; }
}

/// <summary>A request that waits on somebody's phone.</summary>
public sealed record RealOpRequest(
    string AuthReqId,
    string Client,
    string Sub,
    string? LoginHint,
    string? BindingMessage,
    string? Scope,
    string? AcrValues,
    string? RequestContext,
    string? RequestedExpiry,
    IReadOnlyList<string> Resources,
    string? AuthorizationDetails);
