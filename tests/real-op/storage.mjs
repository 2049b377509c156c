// What the provider stores. It stands outside the provider so that a provider with new keys finds everything again.
export class Storage {
  #entries = new Map();
  #forgetExpired;

  // forgetExpired: an expired request is not found any more (invalid_grant) instead of known as expired (expired_token).
  constructor({ forgetExpired = false } = {}) {
    this.#forgetExpired = forgetExpired;
  }

  adapter = (model) => {
    const key = (id) => `${model}:${id}`;
    return {
      upsert: async (id, payload, expiresIn) => {
        const end = this.#forgetExpired && expiresIn ? Date.now() + expiresIn * 1000 : Infinity;
        this.#entries.set(key(id), { payload, end });
      },
      find: async (id) => {
        const entry = this.#entries.get(key(id));
        return entry && Date.now() < entry.end ? entry.payload : undefined;
      },
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
      consume: async (id) => {
        this.#entries.get(key(id)).payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void this.#entries.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [name, { payload }] of this.#entries) {
          if (payload.grantId === grantId) this.#entries.delete(name);
        }
      },
    };
  };
}
