// A learner's own record, page by page of the learner's own site: each question is decided and recorded by the gate first (ADR 54).
import type { FactoryProvider } from '@nestjs/common';
import type { LearnerAsker } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import { Gate, type OwnAnswer, type OwnDisclosure, PageCursors, type SharingDisclosure } from '#disclosure';
import type { IsoDate, Position, Revision } from '#kernel';
import {
  type AnyRow,
  clausesOf,
  OWN_RECORD,
  OWN_SHARING,
  type OwnClause,
  type OwnItem,
  type OwnKind,
  type OwnPage,
  type OwnRecord,
  ownRecordOf,
  type OwnSharing,
  ownSharingOf,
  SeenItems,
  type ViewReader,
} from '#read-models';
import type { AskedPage, CursorUnknown } from './egress.handlers.ts';
import { VIEWS } from './egress.tokens.ts';

interface OwnQuestion {
  readonly asker: LearnerAsker;
  /** Today, in London. */
  readonly on: IsoDate;
}

interface Shown {
  readonly outcome: 'answered';
  /** As the learner's own page names the learner. */
  readonly learner: string;
  readonly position: Position;
}

type Refused = Exclude<OwnDisclosure, OwnAnswer>;

export interface OwnPageShown extends Shown {
  readonly content: Readonly<Record<string, unknown>>;
}

export class AskForOwnPage extends Query<OwnQuestion & { readonly page: OwnPage }, OwnPageShown | Refused> {}

export interface OwnRecordShown extends Shown {
  readonly kinds: readonly OwnKind[];
  readonly items: readonly OwnItem[];
  readonly clauses: readonly OwnClause[];
  readonly next?: string;
}

export interface OwnRecordQuestion extends OwnQuestion {
  readonly category?: string;
  readonly page: AskedPage;
}

export class AskForOwnRecord extends Query<OwnRecordQuestion, OwnRecordShown | Refused | CursorUnknown> {}

export interface OwnSharingShown extends Shown {
  readonly content: OwnSharing;
}

type SharingShown = OwnSharingShown | Exclude<SharingDisclosure, OwnAnswer>;

export class AskForOwnSharing extends Query<OwnQuestion, SharingShown> {}

const page = async (
  parts: Owning,
  { asker, on, page: asked }: OwnQuestion & { readonly page: OwnPage },
): Promise<OwnPageShown | Refused> => {
  const answer = await parts.gate.own({ asker, asked: asked.name, document: { ...asked.items, parameters: {} } });
  if (answer.outcome !== 'answered') return answer;
  const { outcome, learner, position, items, facts } = answer;
  const seen = new SeenItems(items);
  const things = await thingsBeside(parts, { asker, on, page: asked }, seen);
  return { outcome, learner, position, content: asked.content(seen, { on, facts, things }) };
};

/** Of no learner, so that what is recorded of them stands in nobody's record. */
const thingsBeside = async (
  { gate, views }: Owning,
  { asker, on, page: { name, beside } }: OwnQuestion & { readonly page: OwnPage },
  seen: SeenItems,
): Promise<readonly AnyRow[]> => {
  const places = (await beside?.propose(views, seen)) ?? [];
  if (beside === undefined || places.length === 0) return [];
  const { list } = beside;
  const candidates = places.map((anchor) => ({ anchor, beside: [] }));
  const asked = { asker, purposes: OWN_PURPOSES, list: `${name}/${list.name}`, items: list.items, parameters: { on } };
  const answer = await gate.things({ ...asked, limit: places.length, candidates, complete: true });
  if (answer.outcome !== 'answered') return [];
  return answer.rows.flatMap(({ candidate, items }): readonly AnyRow[] => {
    const row = list.row(new SeenItems(items), on, places[candidate] ?? 0);
    return row === undefined ? [] : [row];
  });
};

const OWN_PURPOSES = ['know-own-record'];

interface Owning {
  readonly gate: Gate;
  readonly cursors: PageCursors;
  readonly views: ViewReader;
}

const OWNING = Symbol('Owning');

const owning: FactoryProvider<Owning> = {
  provide: OWNING,
  inject: [Gate, PageCursors, VIEWS],
  useFactory: (gate: Gate, cursors: PageCursors, views: ViewReader) => ({ gate, cursors, views }),
};

/** All of a kind is decided and recorded, whatever page of it is asked for: the record may say too much, never too little. */
const record = async (
  { gate, cursors }: Owning,
  { asker, category, page: { cursor, limit } }: OwnRecordQuestion,
): Promise<OwnRecordShown | Refused | CursorUnknown> => {
  const of = { agency: asker.learner, asked: `${OWN_RECORD} ${category ?? ''}` };
  const before = cursor === undefined ? 'first' : await cursors.listPlaceOf(of, cursor);
  if (before === undefined) return { outcome: 'cursor-unknown' };
  const place = before === 'first' ? Infinity : Number(before);
  const categories = category === undefined ? {} : { categories: [category] };
  const answer = await gate.own({ asker, asked: OWN_RECORD, document: { ...categories, parameters: { limit } } });
  if (answer.outcome !== 'answered') return answer;
  const { outcome, learner, position, facts } = answer;
  const { kinds, items } = ownRecordOf(answer);
  const { told, last } = pageOf(items, place, limit);
  const next = last === undefined ? {} : { next: await cursors.ofList(of, String(last)) };
  return { outcome, learner, position, kinds, items: told, clauses: clausesOf(told, facts), ...next };
};

interface PageOfItems {
  readonly told: readonly OwnItem[];
  /** Behind which a further page begins. */
  readonly last?: Revision;
}

const pageOf = (items: OwnRecord['items'], before: number, limit: number): PageOfItems => {
  const left = items.filter(([revision]) => revision < before);
  const shown = left.slice(0, limit);
  const last = left.length > shown.length ? shown.at(-1)?.[0] : undefined;
  return { told: shown.map(([, item]) => item), ...(last !== undefined && { last }) };
};

const CONSENTS: readonly string[] = [
  'consent.given',
  'consent.refused',
  'consent.withdrawn',
  'consent.paused',
  'consent.resumed',
  'consent.renewed',
  'consent.confirmed',
  'consent.requested',
];

const sharing = async (gate: Gate, { asker, on }: OwnQuestion): Promise<SharingShown> => {
  const answer = await gate.ownSharing({ asker, asked: OWN_SHARING, document: { types: CONSENTS, parameters: {} } });
  if (answer.outcome !== 'answered') return answer;
  const { outcome, learner, position } = answer;
  return { outcome, learner, position, content: ownSharingOf(answer, on) };
};

export const ownHandlers = [
  owning,
  handling(AskForOwnPage, OWNING, page),
  handling(AskForOwnRecord, OWNING, record),
  handling(AskForOwnSharing, Gate, sharing),
];
