import { performance } from 'node:perf_hooks';

const now = () => Math.round(performance.now());

function readAssertion(endpoint, jwt) {
  const [header, payload] = jwt.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  return {
    endpoint,
    client: payload.sub,
    jti: payload.jti,
    audience: [payload.aud].flat(),
    audienceIsList: Array.isArray(payload.aud),
    type: header.typ,
    algorithm: header.alg,
    keyId: header.kid,
    lifetime: payload.exp - payload.iat,
  };
}

// What the provider itself saw of its clients. Times are milliseconds of a steady clock that starts with the process.
export class Seen {
  #requests = new Map();
  #polls = [];
  #assertions = [];
  #endpoints = {};
  #calls = [];

  // A middleware around the provider's own: before it only the time is taken, the body is the provider's to read.
  watch = async (ctx, next) => {
    const poll = { at: now(), end: Infinity };
    ctx.res.once('close', () => { poll.end = now(); });
    await next();

    const endpoint = ctx.oidc?.route ?? ctx.path;
    const body = ctx.oidc?.body ?? {};
    const headers = { ...ctx.headers };
    if (headers.authorization) [headers.authorization] = headers.authorization.split(' ');
    delete headers.cookie;
    const count = (this.#endpoints[endpoint]?.count ?? 0) + 1;
    this.#endpoints[endpoint] = { count, method: ctx.method, httpVersion: ctx.req.httpVersion, headers, parameters: Object.keys(body) };

    if (typeof body.client_assertion === 'string') this.#assertion(endpoint, body.client_assertion);
    const answer = ctx.body ?? {};
    if (endpoint === 'backchannel_authentication' && answer.auth_req_id) {
      this.#requests.set(answer.auth_req_id, { acknowledgedAt: now(), expiresIn: answer.expires_in });
    }
    if (endpoint === 'token' && body.auth_req_id) {
      Object.assign(poll, { authReqId: body.auth_req_id, status: ctx.status, error: answer.error });
      this.#polls.push(poll);
    }
  };

  // A request of the provider to a client: a ping, or for its keys.
  call(url, status) {
    this.#calls.push({ at: now(), url, status });
  }

  report() {
    return {
      now: now(),
      requests: [...this.#requests].map(([authReqId, request]) => ({ authReqId, ...request, polls: this.#pollsOf(authReqId) })),
      unknownPolls: this.#polls.filter((poll) => !this.#requests.has(poll.authReqId)).length,
      assertions: this.#assertions,
      endpoints: this.#endpoints,
      calls: this.#calls,
    };
  }

  #assertion(endpoint, jwt) {
    try {
      const read = readAssertion(endpoint, jwt);
      const duplicate = this.#assertions.some((other) => other.client === read.client && other.jti === read.jti);
      this.#assertions.push({ ...read, duplicate });
    } catch (error) {
      console.error('unreadable client assertion', error);
    }
  }

  #pollsOf(authReqId) {
    const polls = this.#polls.filter((poll) => poll.authReqId === authReqId).sort((a, b) => a.at - b.at);
    return polls.map(({ at, end, status, error }, index) => ({
      at,
      end: Number.isFinite(end) ? end : undefined,
      status,
      error,
      overlapping: polls.slice(0, index).some((earlier) => at < earlier.end),
    }));
  }
}
