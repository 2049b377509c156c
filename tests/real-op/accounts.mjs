import { createPublicKey, verify } from 'node:crypto';
import { errors } from 'oidc-provider';
import { readJwt } from './jwt.mjs';

// The people who have a phone here. mode: what the phone does by itself, "wait", "approve" or "decline".
export class Accounts {
  #accounts = new Map();
  #hintKey;

  // hintKey: the public key (JWK, P-256) of whoever issues login hint tokens.
  constructor({ accounts = [], hintKey }) {
    this.#hintKey = hintKey && createPublicKey({ key: hintKey, format: 'jwk' });
    this.add({ sub: 'alice' });
    this.add({ sub: 'bob', userCode: '1234' });
    accounts.forEach((account) => this.add(account));
  }

  add({ sub, userCode, mode = 'wait', claims = {} }) {
    this.#accounts.set(sub, { sub, userCode, mode, claims: { name: sub, ...claims } });
  }

  get(sub) {
    return this.#accounts.get(sub);
  }

  // The login hint is the account's name. For any other one the provider itself answers unknown_user_id.
  processLoginHint = async (ctx, loginHint) => this.#accounts.get(loginHint)?.sub;

  // CIBA Core leaves the token's format to those who use it: here a JWT by ES256, as §14 advises, whose sub is the account's name.
  processLoginHintToken = async (ctx, token) => {
    if (!this.#hintKey) return undefined;
    const { payload: { sub, exp } } = readJwt(token);
    const end = token.lastIndexOf('.');
    const [signed, signature] = [Buffer.from(token.slice(0, end)), Buffer.from(token.slice(end + 1), 'base64url')];
    if (!verify('sha256', signed, { key: this.#hintKey, dsaEncoding: 'ieee-p1363' }, signature)) return undefined;
    if (exp * 1000 < Date.now()) throw new errors.ExpiredLoginHintToken('the login hint token has expired');
    return this.#accounts.get(sub)?.sub;
  };

  findAccount = async (ctx, sub) => {
    const account = this.#accounts.get(sub);
    return account && { accountId: sub, claims: async () => ({ ...account.claims, sub }) };
  };

  // The provider leaves both errors to its configuration.
  verifyUserCode = async (ctx, { accountId }, userCode) => {
    const wanted = this.#accounts.get(accountId).userCode;
    if (wanted && !userCode) throw new errors.MissingUserCode();
    if (wanted && userCode !== wanted) throw new errors.InvalidUserCode();
  };
}
