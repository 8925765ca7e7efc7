// A synthetic partnership as the public tool writes it: who takes part, what they send, what they must be told and shown.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { tool } from '../broker-process.ts';

export interface Message {
  readonly n: number;
  readonly learner: number;
  readonly agency: string;
  readonly jws: string;
}

export interface Expected {
  readonly n: number;
  readonly source: string;
  readonly id: string;
  /** `unverifiable`: no receipt. */
  readonly outcome: string;
  readonly why: string;
  readonly existing?: string;
}

export interface Partner {
  readonly slug: string;
  readonly signing: JWK & { readonly alg: string; readonly kid: string };
  readonly encryption: JWK & { readonly kid: string };
  readonly private: { readonly signing: JWK; readonly encryption: JWK };
}

export interface Partnership {
  readonly folder: string;
  readonly partners: readonly Partner[];
  readonly messages: readonly Message[];
  readonly expected: readonly Expected[];
}

const linesOf = <Line>(folder: string, file: string): readonly Line[] =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

export const readPartnership = (folder: string): Partnership => ({
  folder,
  partners: JSON.parse(readFileSync(join(folder, 'agencies.json'), 'utf8')) as readonly Partner[],
  messages: linesOf(folder, 'messages.jsonl'),
  expected: linesOf(folder, 'receipts.jsonl'),
});

export const makePartnership = async (folder: string, seed: string, learners: number): Promise<Partnership> => {
  await tool('partnership.mjs', '--out', folder, '--seed', seed, '--learners', String(learners));
  return readPartnership(folder);
};

interface ToldEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly data: { readonly uln?: string };
}

export const eventIn = (jws: string): ToldEvent => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as ToldEvent;

/** Under which a message travels: its subject, or its own id where it has none. */
export const keyOf = (jws: string): string => {
  const { subject, id } = eventIn(jws);
  return subject ?? id;
};

/** ULNs under which anybody was registered, each once. */
export const ulnsIn = ({ messages, expected }: Partnership): readonly string[] => {
  const ulns = new Set<string>();
  for (const { n, jws } of messages) {
    const { type, data } = eventIn(jws);
    if (expected[n]?.outcome === 'accepted' && type.includes('learner.registered') && data.uln !== undefined) ulns.add(data.uln);
  }
  return [...ulns];
};
