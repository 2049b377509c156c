using System.Net.Http.Headers;

namespace SsoCibaMethod.Client;

/// <summary>What one HTTP exchange with the OP brought.</summary>
internal abstract record BackchannelAnswer
{
    private BackchannelAnswer()
    {
    }

    /// <summary>No answer: no connection, time ran out, the answer broke off, or said nothing but when to ask again.</summary>
    public sealed record None(string Cause, bool MayHaveBeenReceived, TimeSpan? RetryAfter = null) : BackchannelAnswer;

    /// <summary>An answer, whole and within the size limit.</summary>
    public sealed record Received(int Status, string? ContentType, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, bool TooLarge = false) : BackchannelAnswer
    {
        /// <summary>How long the OP took, from the request's leaving to the end of the answer, less the time this process stood still.</summary>
        public TimeSpan HeldFor { get; init; }

        /// <summary>The nonce the OP wants in the next proof (RFC 9449 §8); <see langword="null"/> where it sent none, or several.</summary>
        public string? DPoPNonce { get; init; }

        /// <summary>Whether the content is a JWT, as a signed userinfo answer is (OpenID Connect Core §5.3.2).</summary>
        public bool IsJwt => Is("application/jwt");

        /// <summary>Why an access token was refused (RFC 6750 §3).</summary>
        public IReadOnlyList<AuthenticationHeaderValue> Challenges { get; init; } = [];

        /// <summary>Whether the OP, or a gateway before it, is in trouble: worth another try later.</summary>
        public bool IsTrouble => Status >= 500 || Status is 408 or 429;

        /// <summary>Whether it says <c>authorization_pending</c>, and that as plainly as OPs do; where it does not, <see cref="ErrorMembers"/> may still find that.</summary>
        public bool IsPlainlyPending => MayCarryError && PendingAnswer.Is(Body.Span);

        private bool MayCarryError => !TooLarge && Status is not (>= 300 and < 400);

        /// <summary>The error the answer carries, whatever its status (CIBA Core §11); <see langword="null"/> where it carries none.</summary>
        public CibaError? Refusal(IReadOnlyList<string> confidential) => ErrorMembers() is { } members ? CibaError.Read(members.Code, members.Description, confidential) : null;

        /// <summary>The same as the OP wrote it: not safe to log.</summary>
        public (string Code, string? Description)? ErrorMembers()
        {
            if (!MayCarryError)
            {
                return null;
            }

            using var json = JsonAnswer.TryParseRefusal(Body);
            if (json is not { } members || !members.Has("error"))
            {
                return null;
            }

            string? fault = null;
            var code = members.Text("error", ref fault);
            return (code ?? "", members.Text("error_description", ref fault));
        }

        private bool IsJson => Is("application/json");

        /// <summary>Why the answer cannot be the success it should be; <see langword="null"/> where it can.</summary>
        public string? FaultOfSuccess() => this switch
        {
            { TooLarge: true } => "the answer is larger than the size limit",
            { Status: >= 300 and < 400 } => $"the answer is a redirect (HTTP {Status}), and redirects are never followed",
            { Status: not 200 } => $"the answer is HTTP {Status} without an error member",
            { IsJson: false } => "the answer is not application/json",
            _ => null,
        };

        // Read where it decides something: nearly every answer is a refusal, which counts whatever its type.
        private bool Is(string name) => MediaTypeHeaderValue.TryParse(ContentType, out var type) && string.Equals(type.MediaType, name, StringComparison.OrdinalIgnoreCase);
    }
}
