// The parts of a JWT, nothing verified.
export function readJwt(jwt) {
  const [header, payload] = jwt.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  return { header, payload };
}

export const list = (value) => (value === undefined ? [] : [value].flat());
