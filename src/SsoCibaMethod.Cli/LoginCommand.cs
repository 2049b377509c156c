using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Spectre.Console;
using SsoCibaMethod.Client;

namespace SsoCibaMethod.Cli;

/// <summary><c>ciba login</c>: a consumption device for the terminal. Asks one user for one approval and tells the shell how it ended.</summary>
internal static class LoginCommand
{
    public static Command Create(IAnsiConsole console, Secrets secrets, TimeProvider time)
    {
        var options = new LoginOptions();
        var command = new Command("login", "Asks one user for one approval by CIBA, waits for it and validates the ID token.");
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((line, cancellationToken) => RunAsync(options, line, console, secrets, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        LoginOptions options, ParseResult line, IAnsiConsole console, Secrets secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        var screen = new LoginScreen(console, line.GetValue(options.Quiet), time);
        try
        {
            var request = new LoginRequest(options, line);
            _ = request.Create(userCode: null);
            var settings = new ClientSettings(options, line, secrets).Create();
            using var handler = CreateHandler(options, line, settings);
            using var backchannel = new HttpMessageInvoker(handler, disposeHandler: false);
            var client = new CibaClient(settings, CreateSource(options, line, settings, backchannel, time), backchannel, time);
            var result = await AuthenticateAsync(client, request, screen, cancellationToken);
            screen.Tell(result);
            Print(result, line.GetValue(options.Output), line.InvocationConfiguration.Output);
            return CodeOf(result);
        }
        catch (Exception exception) when (exception is SettingsException or ArgumentException)
        {
            // The client's own rules for settings and requests say what is wrong with what was given here.
            screen.TellFault(exception.Message);
            return ExitCodes.Settings;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.TellFault("Stopped. The phone may still ask; decline there.");
            return ExitCodes.Cancelled;
        }
    }

    private static HttpMessageHandler CreateHandler(LoginOptions options, ParseResult line, CibaClientSettings settings)
    {
        var trust = line.GetValue(options.Trust);
        try
        {
            if (trust is not null)
            {
                // Read when first used; a mistake is better named before.
                _ = File.ReadAllBytes(trust);
            }

            return BackchannelTransport.CreateHandler(new BackchannelTransportSettings { ClientCertificate = settings.ClientCertificate, TrustFile = trust });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingsException($"{options.Trust.Name}: {trust}: {exception.Message}");
        }
    }

    private static ProviderMetadataSource CreateSource(
        LoginOptions options, ParseResult line, CibaClientSettings settings, HttpMessageInvoker backchannel, TimeProvider time)
    {
        var authority = line.GetRequiredValue(options.Authority).TrimEnd('/');
        if (!Uri.TryCreate($"{authority}/.well-known/openid-configuration", UriKind.Absolute, out var address) || !EndpointAddress.IsAllowed(address))
        {
            throw new SettingsException($"{options.Authority.Name}: write the OP's issuer, an address that begins with https:// (http:// only for this very machine).");
        }

        return new ProviderMetadataSource(new ProviderMetadataSettings { Client = settings, ExpectedIssuer = authority, MetadataAddress = address }, backchannel, time);
    }

    private static async Task<CibaAuthenticationResult> AuthenticateAsync(
        CibaClient client, LoginRequest request, LoginScreen screen, CancellationToken cancellationToken)
    {
        var result = await AskAsync(userCode: null);

        // Whoever sits here types it; it is asked for each time and kept nowhere (CIBA Core §7.1.2).
        return result is CibaAuthenticationResult.Refused { Error.Code: CibaErrorCode.MissingUserCode } && screen.AskUserCode() is { Length: > 0 } userCode
            ? await AskAsync(userCode)
            : result;

        Task<CibaAuthenticationResult> AskAsync(string? userCode) =>
            screen.WhileAsync(() => client.AuthenticateAsync(request.Create(userCode), screen, cancellationToken));
    }

    private static void Print(CibaAuthenticationResult result, LoginOutput output, TextWriter writer)
    {
        if (result is not CibaAuthenticationResult.Approved approved)
        {
            return;
        }

        switch (output)
        {
            case LoginOutput.None:
                break;
            case LoginOutput.Claims:
                writer.WriteLine(approved.Claims.ToJsonString());
                break;
            case LoginOutput.Tokens:
                writer.WriteLine(Tokens(approved.Tokens).ToJsonString());
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static JsonObject Tokens(TokenSet tokens)
    {
        var members = new JsonObject
        {
            ["access_token"] = tokens.AccessToken,
            ["token_type"] = tokens.TokenType,
            ["id_token"] = tokens.IdToken,
        };
        if (tokens.ExpiresIn is { } lifetime)
        {
            members["expires_in"] = (long)lifetime.TotalSeconds;
        }

        if (tokens.RefreshToken is { } refreshToken)
        {
            members["refresh_token"] = refreshToken;
        }

        if (tokens.Scope is { } scope)
        {
            members["scope"] = scope;
        }

        return members;
    }

    private static int CodeOf(CibaAuthenticationResult result) => result switch
    {
        CibaAuthenticationResult.Approved => ExitCodes.Approved,
        CibaAuthenticationResult.Declined => ExitCodes.Declined,
        CibaAuthenticationResult.Expired => ExitCodes.Expired,
        CibaAuthenticationResult.Refused => ExitCodes.Refused,
        CibaAuthenticationResult.Failed => ExitCodes.Invalid,
        CibaAuthenticationResult.Unavailable => ExitCodes.Unavailable,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
