// Makes the demo's data at the first start: agencies, protocols in force, and the story; kept from then on.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { generateEncryptionKey, generateSigningKey, type KeyPair, signingKeyOf } from '#client';
import { isDate } from '#catalogue';
import type { EventStore } from '#event-store';
import { addDays, fixedClock, type Instant, type IsoDate, type LearnerId, londonDate, systemClock } from '#kernel';
import { readJsonFile } from '#strict-text';
import { readJwk } from '../input-files.ts';
import type { PartnershipAgency } from '../partnership/agencies-file.ts';
import type { BrokerConfig } from '../../broker/config.ts';
import { openNode } from '../../broker/node.ts';
import { Complaint } from '../complaint.ts';
import { holdsBroker, withUseCasesOf } from '../data-directory.ts';
import { loadPartnership } from '../partnership/load-partnership.ts';
import type { Terminal } from '../terminal.ts';
import { type CastMember, castMembers, type Slug } from './cast.ts';
import { proposeNext } from './propose-next.ts';
import { STORY_DAYS } from './story.ts';
import { type Surprise, tellStory } from './tell-story.ts';
import { wholeStory } from './whole-story.ts';

// The keys of the demo's agencies: made once, kept beside the demo's data, readable by its owner alone.

export type DemoAgency = PartnershipAgency & { readonly slug: Slug; readonly privateSigning: JWK };

/** `<directory>/<slug>.json` signs, `<slug>.encryption.json` receives. */
const castWithKeys = async (directory: string): Promise<readonly DemoAgency[]> => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return Promise.all(castMembers.map(([slug, member]) => withKeys(directory, slug, member)));
};

const withKeys = async (directory: string, slug: Slug, { name, roles, districts = [], alg = 'EdDSA' }: CastMember): Promise<DemoAgency> => {
  const signing = await kept(join(directory, `${slug}.json`), () => generateSigningKey(alg));
  const encryption = await kept(join(directory, `${slug}.encryption.json`), () => generateEncryptionKey());
  return { slug, name, roles, districts, signing: publicOf(signing), encryption: publicOf(encryption), privateSigning: signing };
};

const kept = async (file: string, make: () => Promise<KeyPair>): Promise<JWK> => {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify((await make()).privateJwk)}\n`, { mode: 0o600, flag: 'wx' });
  return readJwk(file);
};

const publicOf = ({ d: _private, ...publicPart }: JWK): JWK => publicPart;

/** Kept in `demo.json`. */
export interface DemoState {
  readonly firstDay: IsoDate;
  /** False while the story is being told: an interrupted start goes on from there. */
  readonly complete: boolean;
}

export interface MadeDemo {
  readonly firstDay: IsoDate;
  /** Where the agencies' private keys lie. */
  readonly keys: string;
  readonly surprises: readonly Surprise[];
}

const stateFile = (directory: string): string => join(directory, 'demo.json');

const readState = (directory: string): DemoState => {
  const file = stateFile(directory);
  if (existsSync(file)) return stateIn(file);
  if (holdsBroker(directory))
    throw new Complaint(`${directory} holds the data of a broker that is no demo: set CONCORDAT_DATA to another directory.`);
  return { firstDay: addDays(londonDate(systemClock.now()), -STORY_DAYS), complete: false };
};

const stateIn = (file: string): DemoState => {
  const { firstDay, complete } = (readJsonFile(file) ?? {}) as Partial<DemoState>;
  if (typeof firstDay !== 'string' || !isDate(firstDay) || typeof complete !== 'boolean')
    throw new Complaint(`${file} does not say how far the demo is: remove its directory, and the demo is made anew.`);
  return { firstDay, complete };
};

const writeState = (directory: string, state: DemoState): void =>
  writeFileSync(stateFile(directory), `${JSON.stringify(state)}\n`, { mode: 0o600 });

/** Quick where there is nothing left to make. */
export const makeDemo = async (config: BrokerConfig, terminal: Pick<Terminal, 'note'>): Promise<MadeDemo> => {
  const { data } = config;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const state = readState(data);
  const made = { firstDay: state.firstDay, keys: join(data, 'keys') };
  if (state.complete) return { ...made, surprises: [] };
  writeState(data, state);
  const surprises = await make(config, made, terminal);
  writeState(data, { ...state, complete: true });
  return { ...made, surprises };
};

/** When the log took its last event: whatever the story tells up to then has been told. */
const lastInstant = async (store: EventStore): Promise<Instant> =>
  (await store.readAll({ direction: 'backwards', limit: 1 }))[0]?.recordedAt ?? 0;

/** A party of the agreement for which it proposes a text. */
const PROPOSES: Slug = 'connexions-north';

const make = async (
  config: BrokerConfig,
  { firstDay, keys: directory }: Omit<MadeDemo, 'surprises'>,
  terminal: Pick<Terminal, 'note'>,
): Promise<readonly Surprise[]> => {
  const clock = fixedClock(Date.parse(`${addDays(firstDay, -1)}T12:00:00Z`));
  const node = await openNode(config, { clock });
  try {
    terminal.note(`Making the demo in ${config.data}`);
    const cast = await castWithKeys(directory);
    const { agencies, protocols } = await withUseCasesOf(node, (ask) => loadPartnership(ask, cast));
    terminal.note(
      `  ${agencies.length} agencies registered, ${protocols.filter(({ status }) => status === 'in-force').length} protocols signed and in force`,
    );
    const keys = new Map(
      await Promise.all(cast.map(async ({ slug, privateSigning }) => [slug, await signingKeyOf(privateSigning)] as const)),
    );
    const told = (month: string, events: number): void => terminal.note(`  ${month}: ${events} events told`);
    const signedIn = async (agency: Slug, ref: string): Promise<LearnerId | undefined> => {
      const found = await node.namedLearners.find({ agency, ref });
      return found.ok ? found.value : undefined;
    };
    const toldUntil = await lastInstant(node.store);
    const steps = wholeStory(firstDay).steps.filter(({ at }) => at > toldUntil);
    return await withUseCasesOf(node, async (ask) => {
      const surprises = await tellStory({ ask, clock, keys, signedIn, told }, steps);
      for (const { slug, privateSigning } of cast) if (slug === PROPOSES) await proposeNext(ask, privateSigning);
      return surprises;
    });
  } finally {
    await node.close();
  }
};
