import { performance } from 'node:perf_hooks';
import { getCertificate, thumbprint } from './certificates.mjs';
import { list, readJwt } from './jwt.mjs';

const now = () => Math.round(performance.now());

// Where a JWT of a client arrives.
const places = {
  assertion: (ctx, body) => body.client_assertion,
  request: (ctx, body) => body.request,
  proof: (ctx) => ctx.headers.dpop,
};

// What the provider itself saw of its clients. Times are milliseconds of a steady clock that starts with the process.
export class Seen {
  #requests = new Map();
  #polls = [];
  #jwts = [];
  #endpoints = {};
  #calls = [];

  // A middleware around the provider's own: before it only the time is taken, the body is the provider's to read.
  watch = async (ctx, next) => {
    const poll = { at: now(), end: Infinity };
    ctx.res.once('close', () => { poll.end = now(); });
    await next();

    const endpoint = ctx.oidc?.route ?? ctx.path;
    const client = ctx.oidc?.entities.Client?.clientId;
    const body = ctx.oidc?.body ?? {};
    const peer = this.#peer(ctx);
    this.#endpoint(endpoint, ctx, body, peer);
    for (const [kind, find] of Object.entries(places)) this.#jwt(kind, endpoint, client, find(ctx, body));

    const answer = ctx.body ?? {};
    if (endpoint === 'backchannel_authentication' && answer.auth_req_id) {
      const { auth_req_id: authReqId, expires_in: expiresIn } = answer;
      this.#requests.set(authReqId, { client, acknowledgedAt: now(), expiresIn, parameters: Object.keys(body), ...peer });
    }
    if (endpoint === 'token' && body.auth_req_id) {
      Object.assign(poll, { authReqId: body.auth_req_id, status: ctx.status, error: answer.error, ...peer });
      this.#polls.push(poll);
    }
  };

  // A request of the provider to a client: a ping, or for its keys. status 0: nobody answered.
  call(url, { method, body }, status) {
    const authReqId = body && JSON.parse(body).auth_req_id;
    this.#calls.push({ at: now(), method, url, authReqId, status });
  }

  report() {
    const ofKind = (wanted) => this.#jwts.filter(({ kind }) => kind === wanted);
    return {
      now: now(),
      requests: [...this.#requests].map(([authReqId, request]) => ({ authReqId, ...request, polls: this.#pollsOf(authReqId) })),
      unknownPolls: this.#polls.filter((poll) => !this.#requests.has(poll.authReqId)).length,
      assertions: ofKind('assertion'),
      requestObjects: ofKind('request'),
      proofs: ofKind('proof'),
      endpoints: this.#endpoints,
      calls: this.#calls,
    };
  }

  #peer(ctx) {
    const certificate = getCertificate(ctx);
    return { origin: new URL(ctx.href).origin, certificate: certificate && thumbprint(certificate) };
  }

  #endpoint(endpoint, ctx, body, peer) {
    const headers = { ...ctx.headers };
    if (headers.authorization) [headers.authorization] = headers.authorization.split(' ');
    delete headers.cookie;
    delete headers.dpop;
    const count = (this.#endpoints[endpoint]?.count ?? 0) + 1;
    this.#endpoints[endpoint] = { count, method: ctx.method, httpVersion: ctx.req.httpVersion, headers, parameters: Object.keys(body), ...peer };
  }

  #jwt(kind, endpoint, client, jwt) {
    if (typeof jwt !== 'string') return;
    try {
      const { header, payload } = readJwt(jwt);
      const duplicate = this.#jwts.some((other) => other.kind === kind && other.client === client && other.jti === payload.jti);
      this.#jwts.push({
        kind,
        endpoint,
        client,
        jti: payload.jti,
        duplicate,
        audience: list(payload.aud),
        audienceIsList: Array.isArray(payload.aud),
        type: header.typ,
        algorithm: header.alg,
        keyId: header.kid,
        lifetime: payload.exp - payload.iat,
        claims: Object.keys(payload),
      });
    } catch (error) {
      console.error(`unreadable ${kind}`, error);
    }
  }

  #pollsOf(authReqId) {
    const polls = this.#polls.filter((poll) => poll.authReqId === authReqId).sort((a, b) => a.at - b.at);
    return polls.map(({ end, ...poll }, index) => ({
      ...poll,
      end: Number.isFinite(end) ? end : undefined,
      overlapping: polls.slice(0, index).some((earlier) => poll.at < earlier.end),
    }));
  }
}
