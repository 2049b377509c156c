import { errors } from 'oidc-provider';
import { list } from './jwt.mjs';

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
      resources: list(params.resource),
      authorizationDetails: params.authorization_details,
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
    const { client, sub, scope, acrValues, resources, authorizationDetails } = this.#requests.get(authReqId);
    this.#requests.delete(authReqId);
    if (!approved) {
      await this.#tell(authReqId, new errors.AccessDenied());
      return;
    }

    const grant = new (this.#getProvider().Grant)({ accountId: sub, clientId: client });
    grant.addOIDCScope(scope);
    for (const resource of resources) grant.addResourceScope(resource, scope);
    await grant.save();
    await this.#tell(authReqId, grant, {
      acr: acrValues?.split(' ')[0],
      amr: ['pop'],
      authTime: Math.floor(Date.now() / 1000),
      rar: authorizationDetails && JSON.parse(authorizationDetails),
    });
  }

  // The provider stores the answer, then pings. A ping that fails leaves the answer as it is; what became of it, Seen knows.
  async #tell(authReqId, result, details) {
    const provider = this.#getProvider();
    try {
      await provider.backchannelResult(authReqId, result, details);
    } catch (error) {
      const request = await provider.BackchannelAuthenticationRequest.find(authReqId, { ignoreExpiration: true });
      if (!request?.grantId && !request?.error) throw error;
      console.error(error);
    }
  }
}
