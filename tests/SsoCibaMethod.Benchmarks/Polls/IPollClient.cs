namespace SsoCibaMethod.Benchmarks.Polls;

/// <summary>One way to send a token request; an answer other than <c>authorization_pending</c> is an exception, for it would be measured for one.</summary>
internal interface IPollClient : IDisposable
{
    /// <summary>Polls once.</summary>
    /// <param name="login">Which of the logins the client was made for.</param>
    Task PollAsync(int login);
}
