// Reads its settings from the first line of stdin, answers with one line of JSON on stdout when it listens,
// and ends when stdin ends, so it never outlives the test that started it. Everything else it says goes to stderr.
import { Console } from 'node:console';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { control } from './control.mjs';
import { listen } from './listeners.mjs';
import { Op } from './op.mjs';

globalThis.console = new Console(process.stderr, process.stderr);

const input = createInterface({ input: process.stdin });
input.once('close', () => process.exit(0));
const [line] = await once(input, 'line');
const settings = JSON.parse(line);

let op;
const origins = await listen(settings.tls, (request, response) => (request.url.startsWith('/control/')
  ? control(op, request, response)
  : op.handle(request, response)));
op = new Op(origins, settings);
await op.start();
process.stdout.write(`${JSON.stringify(origins)}\n`);
