// Reads its settings from the first line of stdin, answers with one line of JSON on stdout when it listens,
// and ends when stdin ends, so it never outlives the test that started it. Everything else it says goes to stderr.
import { Console } from 'node:console';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { control } from './control.mjs';
import { Op } from './op.mjs';

globalThis.console = new Console(process.stderr, process.stderr);

const input = createInterface({ input: process.stdin });
input.once('close', () => process.exit(0));
const [line] = await once(input, 'line');

let op;
const server = createServer((request, response) => (request.url.startsWith('/control/')
  ? control(op, request, response)
  : op.handle(request, response)));
// Node would close a connection that is idle for 5 s, the very moment at which a client polls again.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const issuer = `http://127.0.0.1:${server.address().port}`;
op = new Op(issuer, JSON.parse(line));
await op.start();
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
