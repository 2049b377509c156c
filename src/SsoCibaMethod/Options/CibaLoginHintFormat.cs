namespace SsoCibaMethod;

/// <summary>How a login hint is written to the OP.</summary>
public enum CibaLoginHintFormat
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>As the JSON object of RFC 9493 §3.2.4 with the OP's issuer and the hint as <c>sub</c>: <c>{"format":"iss_sub","iss":"…","sub":"…"}</c>.</summary>
    IssuerAndSubject,
}
