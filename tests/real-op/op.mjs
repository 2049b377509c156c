import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { Provider } from 'oidc-provider';
import { Accounts } from './accounts.mjs';
import { Phone } from './phone.mjs';
import { Seen } from './seen.mjs';
import { Storage } from './storage.mjs';

const generate = promisify(generateKeyPair);
const signing = ['HS256', 'RS256', 'PS256', 'ES256'];

async function newKeys() {
  const rsa = { modulusLength: 2048 };
  const made = { RS256: ['rsa', rsa], PS256: ['rsa', rsa], ES256: ['ec', { namedCurve: 'P-256' }] };
  const keys = await Promise.all(Object.entries(made).map(async ([alg, [type, options]]) => {
    const { privateKey } = await generate(type, options);
    return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `${alg}-${randomBytes(4).toString('hex')}` };
  }));
  return { keys };
}

// The provider with everything that outlives a change of its keys.
export class Op {
  #issuer;
  #settings;
  #storage;
  #provider;
  #handle;
  #tokenDelay = 0;

  constructor(issuer, settings) {
    this.#issuer = issuer;
    this.#settings = settings;
    this.#storage = new Storage(settings);
    this.accounts = new Accounts(settings.accounts ?? []);
    this.phone = new Phone(this.accounts, () => this.#provider);
    this.seen = new Seen();
  }

  async start() {
    await this.rotateKeys();
    for (const client of this.#settings.clients ?? []) await this.addClient(client);
  }

  handle(request, response) {
    return this.#handle(request, response);
  }

  // Replaces every signing key. The old ones are gone from the key set at once.
  async rotateKeys() {
    this.#provider = new Provider(this.#issuer, this.#configuration(await newKeys()));
    this.#provider.use(this.seen.watch);
    this.#provider.use(this.#slow);
    this.#provider.on('server_error', (ctx, error) => console.error(error));
    this.#handle = this.#provider.callback();
  }

  // metadata: as in a registration (RFC 7591). What the provider finds wrong with it is thrown.
  async addClient(metadata) {
    await this.#storage.adapter('Client').upsert(metadata.client_id, {
      grant_types: ['urn:openid:params:grant-type:ciba'],
      response_types: [],
      redirect_uris: [],
      backchannel_token_delivery_mode: 'poll',
      backchannel_user_code_parameter: true,
      ...metadata,
    });
    await this.#provider.Client.find(metadata.client_id);
  }

  delayTokens(milliseconds) {
    this.#tokenDelay = milliseconds;
  }

  #slow = async (ctx, next) => {
    if (ctx.path === '/token' && this.#tokenDelay) await delay(this.#tokenDelay);
    await next();
  };

  #configuration(jwks) {
    const { expiresIn = 600 } = this.#settings;
    return {
      adapter: this.#storage.adapter,
      jwks,
      findAccount: this.accounts.findAccount,
      cookies: { keys: [randomBytes(16).toString('hex')] },
      scopes: ['openid', 'profile', 'email', 'phone'],
      claims: { openid: ['sub', 'amr'], profile: ['name'], email: ['email', 'email_verified'], phone: ['phone_number'], acr: null, auth_time: null },
      conformIdTokenClaims: false,
      acrValues: ['urn:example:loa1', 'urn:example:loa2'],
      clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
      enabledJWA: {
        clientAuthSigningAlgValues: signing,
        requestObjectSigningAlgValues: signing,
        idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'],
      },
      ttl: {
        BackchannelAuthenticationRequest: (ctx) => Math.min(expiresIn, Number(ctx.oidc.params.requested_expiry ?? expiresIn)),
      },
      // The provider refuses to call a loopback address, and anything but https; the client of a test has nothing else.
      fetch: async (url, { dispatcher, ...options }) => {
        const response = await fetch(String(url).replace(/^https:\/\/127\.0\.0\.1/, 'http://127.0.0.1'), options);
        this.seen.call(String(url), response.status);
        return response;
      },
      features: {
        devInteractions: { enabled: false },
        requestObjects: { enabled: true },
        ciba: {
          enabled: true,
          deliveryModes: ['poll', 'ping'],
          processLoginHint: this.accounts.processLoginHint,
          processLoginHintToken: this.accounts.processLoginHintToken,
          verifyUserCode: this.accounts.verifyUserCode,
          validateRequestContext: async () => {},
          triggerAuthenticationDevice: this.phone.ring,
        },
      },
    };
  }
}
