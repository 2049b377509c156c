import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';

async function open(server) {
  // Node would close a connection that is idle for 5 s, the very moment at which a client polls again.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

// Without tls: one listener, by http. With it: one that asks nobody for a certificate, and beside it one that does, for RFC 8705 §5.
// The second takes any certificate or none; whether one is good enough is for the provider to say, a client method at a time.
export async function listen(tls, handle) {
  if (!tls) return { issuer: `http://127.0.0.1:${await open(createServer(handle))}` };

  const { authority, certificate, key } = tls;
  const options = { cert: certificate, key, allowHTTP1: true };
  const ports = await Promise.all([
    open(createSecureServer(options, handle)),
    open(createSecureServer({ ...options, ca: authority, requestCert: true, rejectUnauthorized: false }, handle)),
  ]);
  const [issuer, mutual] = ports.map((port) => `https://127.0.0.1:${port}`);
  return { issuer, mutual };
}
