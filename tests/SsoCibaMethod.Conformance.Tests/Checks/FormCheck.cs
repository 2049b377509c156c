using System.Net.Http.Headers;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>How a request to either endpoint must come: a form, posted, over TLS that is still safe (K-8, CIBA Core §7.1, §10.1).</summary>
internal static class FormCheck
{
    public static void Check(Received request, IReadOnlyList<string> allowed, Findings findings)
    {
        var path = request.Address.AbsolutePath;
        findings.Require(request.Method == "POST", "K-8", $"{path}: {request.Method} instead of POST");
        findings.Require(request.Address.Query.Length == 0, "K-8", $"{path}: parameters in the address");
        findings.Require(
            MediaTypeHeaderValue.TryParse(request.Header("content-type"), out var type) && type.MediaType == "application/x-www-form-urlencoded" && type.CharSet is null or "utf-8",
            "K-8",
            $"{path}: content type {request.Header("content-type")}");
        findings.Require(request.Tls is null or "Tls12" or "Tls13", "K-8", $"{path}: {request.Tls}");
        findings.Require(request.Header("authorization") is null, "K-8", $"{path}: an Authorization header, though the client proves itself otherwise");
        findings.Require(request.Header("cookie") is null, "K-8", $"{path}: a cookie");
        foreach (var group in request.Form.GroupBy(pair => pair.Name))
        {
            findings.Require(group.Count() == 1, "K-8", $"{path}: {group.Key} more than once");
            findings.Require(group.All(pair => pair.Value.Length > 0), "K-8", $"{path}: {group.Key} is empty");
            findings.Require(allowed.Contains(group.Key), "K-11", $"{path}: {group.Key} does not belong there");
        }
    }
}
