import { randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import { certificateAuthorized, certificateSubjectMatches, getCertificate } from './certificates.mjs';

const asymmetric = ['RS256', 'PS256', 'ES256'];
const signing = ['HS256', ...asymmetric];

// RFC 8705 §5: where a client that shows a certificate finds each endpoint.
const aliases = (origin) => ({
  token_endpoint: `${origin}/token`,
  userinfo_endpoint: `${origin}/me`,
  backchannel_authentication_endpoint: `${origin}/backchannel`,
});

// The bank whose API the tokens are for (RFC 8707), and what its customers are asked to consent to (RFC 9396).
const bank = {
  resourceIndicators: {
    enabled: true,
    useGrantedResource: async () => true,
    getResourceServerInfo: async (ctx, resource) => {
      if (!resource.startsWith('https://bank.example/')) throw new errors.InvalidTarget();
      return { scope: 'accounts payments', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };
    },
  },
  richAuthorizationRequests: {
    enabled: true,
    types: {
      payment_initiation: {
        validate: (ctx, detail) => {
          if (!detail.instructedAmount) throw new errors.InvalidAuthorizationDetails('a payment needs its instructedAmount');
        },
      },
    },
    authorizationDetailsForGrantSource: (ctx, source) => source.rar,
    authorizationDetailsForAccessToken: (ctx, token, source) => source.rar,
    authorizationDetailsForIntrospection: (ctx, token) => token.rar,
  },
};

// How the provider is set. mutual: the origin at which certificates are asked for, if there is one.
export function configuration({ settings, mutual, jwks, storage, accounts, phone, fetch }) {
  const { expiresIn = 600, conformIdTokenClaims = false, requireDpopNonce = false } = settings;
  const certificates = mutual ? ['tls_client_auth', 'self_signed_tls_client_auth'] : [];
  return {
    adapter: storage.adapter,
    jwks,
    fetch,
    findAccount: accounts.findAccount,
    cookies: { keys: [randomBytes(16).toString('hex')] },
    discovery: mutual ? { mtls_endpoint_aliases: aliases(mutual) } : {},
    scopes: ['openid', 'profile', 'email', 'phone', 'offline_access'],
    claims: { openid: ['sub', 'amr'], profile: ['name'], email: ['email', 'email_verified'], phone: ['phone_number'], acr: null, auth_time: null },
    conformIdTokenClaims,
    acrValues: ['urn:example:loa1', 'urn:example:loa2'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', ...certificates],
    enabledJWA: {
      clientAuthSigningAlgValues: signing,
      requestObjectSigningAlgValues: signing,
      idTokenSigningAlgValues: asymmetric,
      idTokenEncryptionAlgValues: ['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'],
    },
    issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      BackchannelAuthenticationRequest: (ctx) => Math.min(expiresIn, Number(ctx.oidc.params.requested_expiry ?? expiresIn)),
    },
    features: {
      devInteractions: { enabled: false },
      encryption: { enabled: true },
      requestObjects: { enabled: true },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => requireDpopNonce },
      mTLS: {
        enabled: Boolean(mutual),
        certificateBoundAccessTokens: true,
        selfSignedTlsClientAuth: true,
        tlsClientAuth: true,
        getCertificate,
        certificateAuthorized,
        certificateSubjectMatches,
      },
      ...bank,
      ciba: {
        enabled: true,
        deliveryModes: ['poll', 'ping'],
        processLoginHint: accounts.processLoginHint,
        processLoginHintToken: accounts.processLoginHintToken,
        verifyUserCode: accounts.verifyUserCode,
        validateRequestContext: async () => {},
        triggerAuthenticationDevice: phone.ring,
      },
    },
  };
}
