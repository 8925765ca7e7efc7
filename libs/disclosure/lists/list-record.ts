// How the log keeps a page of a list: one event in the asker's stream. What was asked is sealed under a key of the broker's, what was shown of
// each learner under that learner's own, so that erasing takes it (ADR 26).
import type { NewEvent, RecordedEvent } from '#event-store';
import type { Instant, LearnerId, Revision } from '#kernel';
import type { KeyName, Place, Vault } from '#privacy';
import type { PermittedItems, RefusedItems } from '../decision-record.ts';
import { DISCLOSURE_CATEGORY } from '../disclosure-log.ts';
import type { Versioned } from '../moment.ts';
import type { ListQuestion } from './list-question.ts';

export const LIST_DECIDED = 'uk.concordat.list.decided.v1';

type Ground = Omit<PermittedItems, 'items' | 'consent'>;
type Lacking = Omit<RefusedItems, 'items'>;

/** What is recorded of one row, under the learner's key. */
export interface ListPart {
  /** Revision of the learner's stream as it stood. */
  readonly learner: Revision;
  readonly only?: readonly Revision[];
  readonly permitted: readonly PermittedItems[];
  readonly refused: readonly RefusedItems[];
}

/** All that is needed to decide the page again, but the rows. */
export interface ListInputs extends ListQuestion, Versioned {
  /** An agency, or an office as `operator:dpo-partnership`. */
  readonly recipient: string;
  readonly staff?: string;
  readonly at: Instant;
  /** How many candidates were looked at. */
  readonly looked: number;
}

export interface ListDecided extends ListInputs {
  readonly outcome: 'answered' | 'not-permitted';
  /** In the order of the page; `part` is undefined where the learner was erased since. */
  readonly rows: readonly { readonly learner: LearnerId; readonly part: ListPart | undefined }[];
}

interface OnGround {
  /** Place among the grounds, or among what was lacking. */
  readonly on: number;
}

/** Grounds are the same for most rows and tell of nobody: they stand once. */
interface StoredPart extends Pick<ListPart, 'learner' | 'only'> {
  readonly permitted: readonly (Pick<PermittedItems, 'items' | 'consent'> & OnGround)[];
  readonly refused: readonly (Pick<RefusedItems, 'items'> & OnGround)[];
}

interface Stored extends ListInputs {
  readonly outcome: ListDecided['outcome'];
  readonly grounds: readonly Ground[];
  readonly lacking: readonly Lacking[];
  /** `sealed`: base64. */
  readonly rows: readonly { readonly learner: LearnerId; readonly sealed: string }[];
}

const PAGE_KEY: KeyName = { owner: 'broker', category: DISCLOSURE_CATEGORY };
const partKey = (learner: LearnerId): KeyName => ({ owner: `learner-${learner}`, category: DISCLOSURE_CATEGORY });
/** Each part is bound to its place on the page. */
const partPlace = ({ stream, revision }: Pick<Place, 'stream' | 'revision'>, row: number): Place => ({
  stream,
  revision,
  type: `${LIST_DECIDED}/${row}`,
});

export const listStream = (recipient: string): string => `disclosures-of-${recipient}`;

/** Texts that are found once each, and where. */
class Numbered<Value> {
  readonly values: Value[] = [];
  readonly #places = new Map<string, number>();

  placeOf(value: Value): number {
    const text = JSON.stringify(value);
    const found = this.#places.get(text) ?? this.values.push(value) - 1;
    this.#places.set(text, found);
    return found;
  }
}

export interface ListToRecord extends Omit<ListDecided, 'rows'> {
  readonly rows: readonly { readonly learner: LearnerId; readonly part: ListPart }[];
}

interface Origin {
  readonly id: string;
  readonly correlation: string;
}

export const listEvent = (
  { id, correlation }: Origin,
  place: { readonly stream: string; readonly revision: Revision },
  { rows, ...page }: ListToRecord,
  vault: Vault,
): NewEvent => {
  const grounds = new Numbered<Ground>();
  const lacking = new Numbered<Lacking>();
  const storedPart = ({ permitted, refused, ...part }: ListPart): StoredPart => ({
    ...part,
    permitted: permitted.map(({ items, consent, ...ground }) => ({
      on: grounds.placeOf(ground),
      items,
      ...(consent === undefined ? {} : { consent }),
    })),
    refused: refused.map(({ items, ...lack }) => ({ on: lacking.placeOf(lack), items })),
  });
  const sealed = rows.map(({ learner, part }, row) => ({
    learner,
    sealed: Buffer.from(vault.seal(partKey(learner), partPlace(place, row), bytesOf(storedPart(part)))).toString('base64'),
  }));
  const stored: Stored = { ...page, grounds: grounds.values, lacking: lacking.values, rows: sealed };
  return {
    id,
    type: LIST_DECIDED,
    meta: { actor: page.recipient, correlation, schema: 1, ...PAGE_KEY },
    payload: vault.seal(PAGE_KEY, { ...place, type: LIST_DECIDED }, bytesOf(stored)),
  };
};

/** Throws `VaultError`, also where the broker's own key is gone: it is never destroyed. */
export const openList = (event: RecordedEvent, vault: Vault): ListDecided => {
  const plain = vault.open(PAGE_KEY, event, event.payload);
  if (plain === undefined) throw new Error('The key of recorded lists is gone: restore keys and log from backups of one moment.');
  return listIn(event, plain, vault);
};

/** The same of the page as it was opened already. */
export const listIn = (event: Pick<RecordedEvent, 'stream' | 'revision'>, page: Uint8Array, vault: Vault): ListDecided => {
  const { grounds, lacking, rows, ...inputs } = jsonIn<Stored>(page);
  const partOf = (stored: StoredPart): ListPart => ({
    ...stored,
    permitted: stored.permitted.map(({ on, ...group }) => ({ ...(grounds[on] as Ground), ...group })),
    refused: stored.refused.map(({ on, ...group }) => ({ ...(lacking[on] as Lacking), ...group })),
  });
  return {
    ...inputs,
    rows: rows.map(({ learner, sealed }, row) => {
      const plain = vault.open(partKey(learner), partPlace(event, row), Buffer.from(sealed, 'base64'));
      return { learner, part: plain && partOf(jsonIn<StoredPart>(plain)) };
    }),
  };
};

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const jsonIn = <Value>(plain: Uint8Array): Value =>
  JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as Value;
