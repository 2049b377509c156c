import { createHash } from 'node:crypto';

// What a client shows of itself in the TLS handshake (RFC 8705).
export const getCertificate = (ctx) => ctx.socket.getPeerX509Certificate?.();

export const certificateAuthorized = (ctx) => ctx.socket.authorized === true;

export const thumbprint = (certificate) => createHash('sha256').update(certificate.raw).digest('base64url');

const alternativeNames = {
  tls_client_auth_san_dns: 'DNS:',
  tls_client_auth_san_uri: 'URI:',
  tls_client_auth_san_ip: 'IP Address:',
  tls_client_auth_san_email: 'email:',
};

export function certificateSubjectMatches(ctx, property, expected) {
  const { subject, subjectAltName = '' } = getCertificate(ctx);
  // RFC 4514 §2.1 writes the parts of a name from the last to the first.
  if (property === 'tls_client_auth_subject_dn') return subject.split('\n').reverse().join(',') === expected;
  return subjectAltName.split(', ').includes(`${alternativeNames[property]}${expected}`);
}
