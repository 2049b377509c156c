using System.Globalization;
using System.Text.Json.Nodes;

namespace SsoCibaMethod.Client;

/// <summary>What a backchannel authentication request says, client authentication apart (CIBA Core §7.1).</summary>
internal static class RequestMembers
{
    public static IReadOnlyList<RequestMember> Of(BackchannelAuthenticationRequest request, IReadOnlyList<string> scope, bool userCodeSupported)
    {
        var members = new List<RequestMember>();
        Add("scope", string.Join(' ', request.Scope ?? scope));
        AddSecret("login_hint", request.LoginHint);
        AddSecret("login_hint_token", request.LoginHintToken);
        AddSecret("id_token_hint", request.IdTokenHint);
        Add("binding_message", request.BindingMessage);
        Add("acr_values", string.Join(' ', request.AcrValues));
        Add("requested_expiry", request.RequestedExpiry is { } expiry ? ((long)expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null);
        AddSecret("client_notification_token", request.ClientNotificationToken);
        if (userCodeSupported)
        {
            // Never sent to an OP that does not offer it (CIBA Core §7.1).
            AddSecret("user_code", request.UserCode);
        }

        AddJson("resource", request.Resources.Count == 0 ? null : new JsonArray([.. request.Resources.Select(one => (JsonNode)one)]));
        AddPersonal("authorization_details", request.AuthorizationDetails);
        AddPersonal("request_context", request.RequestContext);
        foreach (var (name, value) in request.Parameters)
        {
            AddPersonal(name, value);
        }

        return members;

        void Add(string name, string? value) => AddJson(name, string.IsNullOrEmpty(value) ? null : JsonValue.Create(value));

        void AddSecret(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                members.Add(new RequestMember(name, JsonValue.Create(value)) { Confidential = [value] });
            }
        }

        void AddJson(string name, JsonNode? value)
        {
            if (value is not null)
            {
                members.Add(new RequestMember(name, value));
            }
        }

        // Account numbers, addresses, whatever a host puts there: it may be about a person.
        void AddPersonal(string name, JsonNode? value)
        {
            if (value is not null && RequestMember.Text(value).Length > 0)
            {
                members.Add(new RequestMember(name, value) { Confidential = PersonalTexts.In(value) });
            }
        }
    }
}
