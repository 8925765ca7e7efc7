// What the demo's issuer keeps, until it is stopped: its sign-ins are as short-lived as the demo.
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

const everything = new Map<string, Kept>();

export class InMemory implements Adapter {
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    everything.set(this.#key(id), { payload, until: Date.now() + expiresIn * 1000 });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const kept = everything.get(this.#key(id));
    return kept !== undefined && kept.until > Date.now() ? kept.payload : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#one(({ payload }) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#one(({ payload }) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const kept = everything.get(this.#key(id));
    if (kept !== undefined) kept.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    everything.delete(this.#key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of everything) if (payload.grantId === grantId) everything.delete(key);
  }

  #one(isIt: (kept: Kept) => boolean): AdapterPayload | undefined {
    for (const [key, kept] of everything)
      if (key.startsWith(`${this.#model}:`) && kept.until > Date.now() && isIt(kept)) return kept.payload;
    return undefined;
  }

  #key(id: string): string {
    return `${this.#model}:${id}`;
  }
}
