// The synthetic partnership that the public tool makes: its agencies, their keys, and their signed messages in the order of time.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#catalogue';
import type { KeyPair } from '#client';
import type { AgencySlug } from '#kernel';
import { tool } from '../broker-process.ts';
import type { Townsfolk } from '../journeys/townsfolk.ts';

/** First day of the stories; the tool asks for one that lies 122 days back. */
export const FIRST_DAY = '2026-06-01';

export interface Message {
  readonly jws: string;
  readonly agency: AgencySlug;
  /** When it reaches the broker. */
  readonly at: number;
  /** Of each of its events, in their order. */
  readonly outcomes: readonly string[];
}

export interface Synthetic {
  readonly cast: readonly Townsfolk[];
  readonly keys: ReadonlyMap<AgencySlug, KeyPair>;
  readonly messages: readonly Message[];
}

interface AgencyLine {
  readonly slug: AgencySlug;
  readonly role: Role | readonly Role[];
  readonly districts: readonly string[];
  readonly signing: KeyPair['publicJwk'] & { readonly kid: string };
  readonly private: { readonly signing: KeyPair['privateJwk'] };
}

interface MessageLine {
  readonly n: number;
  readonly learner: number;
  readonly agency: AgencySlug;
  readonly jws: string;
}

interface ReceiptLine {
  readonly outcome: string;
  readonly batch?: readonly string[];
}

export const makeSynthetic = async (seed: string, learners: number): Promise<Synthetic> => {
  const folder = mkdtempSync(join(tmpdir(), 'synthetic-'));
  try {
    const said = await tool('partnership.mjs', '--out', folder, '--seed', seed, '--learners', String(learners), '--start', FIRST_DAY);
    if (!said.startsWith('{')) throw new Error(said);
    return readSynthetic(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const readSynthetic = (folder: string): Synthetic => {
  const agencies = JSON.parse(readFileSync(join(folder, 'agencies.json'), 'utf8')) as readonly AgencyLine[];
  const [messages, receipts] = [linesOf<MessageLine>(folder, 'messages'), linesOf<ReceiptLine>(folder, 'receipts')];
  return {
    cast: agencies.map(({ slug, role, districts }) => ({ slug, roles: [role].flat(), districts })),
    keys: new Map(
      agencies.map(({ slug, signing, private: { signing: privateJwk } }) => [slug, { kid: signing.kid, publicJwk: signing, privateJwk }]),
    ),
    messages: inTime(messages, receipts),
  };
};

const linesOf = <Line>(folder: string, name: string): readonly Line[] =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** Each comes a minute after it was told, but after what was told before about the same learner, whatever it says of its time. */
const inTime = (messages: readonly MessageLine[], receipts: readonly ReceiptLine[]): readonly Message[] => {
  const last = new Map<number, number>();
  const first = Date.parse(FIRST_DAY);
  const timed = messages.map(({ n, learner, agency, jws }) => {
    const told = toldAt(jws) + 60_000;
    const at = Math.max(told < first + 365 * 86_400_000 ? told : first, last.get(learner) ?? first);
    last.set(learner, at);
    const { outcome = '', batch = [outcome] } = receipts[n] ?? {};
    return { jws, agency, at, outcomes: batch };
  });
  return timed.toSorted((one, other) => one.at - other.at);
};

const toldAt = (jws: string): number => {
  const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as unknown;
  const [event] = [payload].flat() as readonly { readonly time: string }[];
  return Date.parse(event?.time ?? '');
};
