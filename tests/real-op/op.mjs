import { generateKeyPair, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Provider } from 'oidc-provider';
import { Accounts } from './accounts.mjs';
import { configuration } from './configuration.mjs';
import { Phone } from './phone.mjs';
import { Seen } from './seen.mjs';
import { Storage } from './storage.mjs';

const generate = promisify(generateKeyPair);

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
  #mutual;
  #settings;
  #storage;
  #keys;
  #provider;
  #handle;
  #tokenDelay = 0;

  constructor({ issuer, mutual }, settings) {
    this.#issuer = issuer;
    this.#mutual = mutual;
    this.#settings = settings;
    this.#storage = new Storage(settings);
    this.accounts = new Accounts(settings);
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
    this.#keys = await newKeys();
    this.restart();
  }

  // Forgets the keys fetched from clients, which the provider otherwise does after a minute, and no earlier for an unknown key.
  restart() {
    this.#provider = new Provider(this.#issuer, configuration({
      settings: this.#settings,
      mutual: this.#mutual,
      jwks: this.#keys,
      storage: this.#storage,
      accounts: this.accounts,
      phone: this.phone,
      fetch: this.#fetch,
    }));
    this.#provider.use(this.seen.watch);
    this.#provider.use(this.#slow);
    this.#provider.use(this.#interval);
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

  // The provider itself leaves the interval to the specification's default.
  #interval = async (ctx, next) => {
    await next();
    if (this.#settings.interval && ctx.body?.auth_req_id) ctx.body.interval = this.#settings.interval;
  };

  // The provider's own dispatcher refuses loopback addresses, and a client of a test has no other.
  // It asks for https too, which clients have only where the provider has it itself.
  #fetch = async (url, { dispatcher, ...options }) => {
    const address = this.#mutual ? String(url) : String(url).replace(/^https:\/\/127\.0\.0\.1/, 'http://127.0.0.1');
    try {
      const response = await fetch(address, options);
      this.seen.call(String(url), options, response.status);
      return response;
    } catch (error) {
      this.seen.call(String(url), options, 0);
      throw error;
    }
  };
}
