import { errors } from 'oidc-provider';

// The people who have a phone here. mode: what the phone does by itself, "wait", "approve" or "decline".
export class Accounts {
  #accounts = new Map();

  constructor(accounts) {
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

  processLoginHintToken = async () => undefined;

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
