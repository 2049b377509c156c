import { json } from 'node:stream/consumers';

// What a test does to the provider from outside the protocol.
const actions = {
  'GET /control/requests': (op) => op.phone.waiting,
  'GET /control/seen': (op) => op.seen.report(),
  'POST /control/approve': async (op, which) => ({ answered: await op.phone.answer(which, true) }),
  'POST /control/decline': async (op, which) => ({ answered: await op.phone.answer(which, false) }),
  'POST /control/accounts': (op, query, account) => op.accounts.add(account),
  'POST /control/clients': (op, query, client) => op.addClient(client),
  'POST /control/rotate-keys': (op) => op.rotateKeys(),
  'POST /control/restart': (op) => op.restart(),
  'POST /control/token-delay': (op, { milliseconds }) => op.delayTokens(Number(milliseconds)),
};

export async function control(op, request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const action = actions[`${request.method} ${pathname}`];
  const answer = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (!action) return answer(404, { error: 'no such control' });

  try {
    const hasBody = request.headers['content-type']?.startsWith('application/json');
    const body = hasBody ? await json(request) : undefined;
    return answer(200, (await action(op, Object.fromEntries(searchParams), body)) ?? {});
  } catch (error) {
    console.error(error);
    return answer(400, { error: error.error_description ?? error.message });
  }
}
