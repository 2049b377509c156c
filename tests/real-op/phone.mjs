import { errors } from 'oidc-provider';

// The authentication device of every account: what waits for an answer, and the answers.
export class Phone {
  #accounts;
  #getProvider;
  #requests = new Map();

  constructor(accounts, getProvider) {
    this.#accounts = accounts;
    this.#getProvider = getProvider;
  }

  ring = async (ctx, request, { accountId: sub }, client) => {
    const { params } = request;
    this.#requests.set(request.jti, {
      authReqId: request.jti,
      client: client.clientId,
      sub,
      loginHint: params.login_hint,
      bindingMessage: params.binding_message,
      scope: params.scope,
      acrValues: params.acr_values,
      requestContext: params.request_context,
      requestedExpiry: params.requested_expiry,
    });

    const { mode } = this.#accounts.get(sub);
    if (mode === 'wait') return;
    // The provider calls before it acknowledges; the person answers after.
    ctx.res.once('finish', () => {
      this.#answer(request.jti, mode === 'approve').catch(console.error);
    });
  };

  get waiting() {
    return [...this.#requests.values()];
  }

  // Answers what waits for this account, or one request of it; returns how many there were.
  async answer({ sub, authReqId }, approved) {
    const ids = this.waiting
      .filter((request) => (authReqId ? request.authReqId === authReqId : request.sub === sub))
      .map((request) => request.authReqId);
    for (const id of ids) await this.#answer(id, approved);
    return ids.length;
  }

  async #answer(authReqId, approved) {
    const { client, sub, scope, acrValues } = this.#requests.get(authReqId);
    this.#requests.delete(authReqId);
    const provider = this.#getProvider();
    if (!approved) {
      await provider.backchannelResult(authReqId, new errors.AccessDenied());
      return;
    }

    const grant = new provider.Grant({ accountId: sub, clientId: client });
    grant.addOIDCScope(scope);
    await grant.save();
    await provider.backchannelResult(authReqId, grant, {
      acr: acrValues?.split(' ')[0],
      amr: ['pop'],
      authTime: Math.floor(Date.now() / 1000),
    });
  }
}
