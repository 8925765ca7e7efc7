// What the broker answers a learner, as far as the pages use it.
import type { Visit } from '../shell/visit.ts';
import type { ConsentCard, RequestCard } from './acts.ts';
import type { Decision } from './looks.ts';

export interface Kind {
  readonly category: string;
  readonly items: number;
  readonly sources: readonly string[];
  readonly lastOn?: string;
  readonly sentence: Readonly<Record<string, string>>;
}

export interface OwnItem {
  readonly type: string;
  readonly category: string;
  readonly source?: string;
  readonly on?: string;
  readonly status?: string;
  readonly held?: string;
  readonly shared: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly [mark: string]: unknown;
}

export interface Clause {
  readonly clause: string;
  readonly purposes: readonly string[];
  readonly to: readonly string[];
  readonly keptFor: string;
  readonly consent?: string;
}

export interface OwnRecord {
  readonly kinds: readonly Kind[];
  readonly items: readonly OwnItem[];
  readonly clauses: readonly Clause[];
  readonly next?: string;
}

export interface GoesOn {
  readonly agency: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly objectable: boolean;
}

export interface KnownTo {
  readonly agency: string;
  readonly knows: readonly string[];
  readonly stopped: readonly string[];
}

/** What came of stopping with one agency. */
export interface StopAt {
  readonly agency: string;
  readonly seen: number;
  readonly notice: { readonly due: string; readonly answeredOn: string | null } | null;
}

export interface OwnSharing {
  /** Today, in London. */
  readonly on: string;
  readonly learner: string;
  readonly consents: readonly (ConsentCard & {
    readonly counts: boolean;
    readonly on: string | null;
    readonly stopped: readonly StopAt[];
  })[];
  readonly requests: readonly (RequestCard & { readonly on: string | null })[];
  readonly goesOn: readonly GoesOn[];
  readonly knownTo: readonly KnownTo[];
}

export interface Seen {
  readonly decisions: readonly Decision[];
  readonly next?: string;
}

export interface Rows<Row> {
  readonly rows: readonly Row[];
}

export const sharingOf = (visit: Visit): Promise<OwnSharing> => visit.ask<OwnSharing>('/v1/me/sharing');

/** By the name that a consent has in decisions. */
export const agreedOn =
  ({ consents }: Pick<OwnSharing, 'consents'>) =>
  (name: string): string | undefined =>
    consents.find(({ source, consentId }) => `${source}/${consentId}` === name)?.on ?? undefined;

/** Whom the learner may write to: who told something, and who may be shown something. */
export const agenciesIn = (record: Pick<OwnRecord, 'kinds'>, { goesOn }: Pick<OwnSharing, 'goesOn'>, page: string): readonly string[] =>
  [...new Set([...record.kinds.flatMap(({ sources }) => sources), ...goesOn.map(({ agency }) => agency)])]
    .filter((agency) => agency !== page)
    .sort();
