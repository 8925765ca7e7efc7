import type { FactoryProvider } from '@nestjs/common';
import { type Asker, recordedAs } from '#access';
import { Query } from '#bus';
import { Gate, mayVouch, PageCursors, Registers, type WaitingTie } from '#disclosure';
import { type AgencySlug, type Clock, londonDate, type Position } from '#kernel';
import { districtOf } from '#agencies';
import { handling } from '#bus/nest';
import { type TieProposals, tieProposals, type TieQuery, tiesOf, type ViewReader } from '#read-models';
import type { AskedPage, CursorUnknown } from './egress.handlers.ts';
import { CLOCK, VIEWS } from './egress.tokens.ts';

// The query for those who wait for the asker's voucher (sharing-matrix.md, W6).

export interface TiesAsked {
  readonly asker: Asker;
  readonly page: AskedPage;
}

export class AskForWaitingTies extends Query<TiesAsked, TiesAnswer> {}

export interface TiesShown {
  readonly outcome: 'answered';
  readonly ties: readonly WaitingTie[];
  /** The cursor of the next page. A page may be short, or empty, and still not be the last. */
  readonly next?: string;
  /** Up to which the log was gone through for candidates. */
  readonly position: Position;
}

/** Of what it asked for nothing is any affair of an office; an agency that may vouch for nobody is told of nobody. */
export interface TiesRefused {
  readonly outcome: 'not-permitted';
  readonly position: Position;
  /** Of the refusal in the log. */
  readonly refusedAt: Position;
}

export type TiesAnswer = TiesShown | TiesRefused | CursorUnknown;

interface TellingTies {
  readonly views: ViewReader;
  readonly gate: Gate;
  readonly registers: Registers;
  readonly cursors: PageCursors;
  readonly clock: Clock;
}

const TELLING_TIES = Symbol('TellingTies');

const tellingTies: FactoryProvider<TellingTies> = {
  provide: TELLING_TIES,
  inject: [VIEWS, Gate, Registers, PageCursors, CLOCK],
  useFactory: (...[views, gate, registers, cursors, clock]: readonly [ViewReader, Gate, Registers, PageCursors, Clock]) => ({
    views,
    gate,
    registers,
    cursors,
    clock,
  }),
};

type Paged = Pick<TieQuery, 'after' | 'limit'>;

/** Nobody need be looked at for whoever may vouch for nobody. */
const NONE = { limit: 0 };

/** The view proposes learners; who waits, and whether the asker may vouch, the gate decides on their files. */
const proposedTo = ({ views, ...parts }: TellingTies, asker: Asker, page: Paged): Promise<TieProposals> => {
  if ('learner' in asker) return tiesOf(views, asker.learner);
  if ('agency' in asker) return tieProposals(views, { ...page, agency: asker.agency, ...reachOf(parts, asker.agency) });
  return tieProposals(views, { ...page, outwards: [], ...(asker.office === 'data-manager' ? {} : NONE) });
};

const reachOf = ({ registers, clock }: Pick<TellingTies, 'registers' | 'clock'>, slug: AgencySlug): Pick<TieQuery, 'outwards'> => {
  const agency = registers.inForce(londonDate(clock.now())).partner(slug);
  if (agency === undefined || !mayVouch(agency)) return { outwards: [], ...NONE };
  return { outwards: [...new Set(agency.districts.flatMap((district) => districtOf(district)?.outward ?? []))] };
};

const tell = async (parts: TellingTies, { asker, page }: TiesAsked): Promise<TiesAnswer> => {
  const { gate, cursors } = parts;
  const of = recordedAs(asker);
  const after = page.cursor === undefined ? '' : await cursors.learnerOf(of, page.cursor);
  if (after === undefined) return { outcome: 'cursor-unknown' };
  const place = { after, limit: page.limit };
  const { position, rows, next } = await proposedTo(parts, asker, place);
  const answer = await gate.ties({ asker, parameters: place, candidates: rows });
  if (answer.outcome === 'not-permitted') return { outcome: answer.outcome, position, refusedAt: answer.position };
  return { outcome: 'answered', ties: answer.ties, position, ...(next === undefined ? {} : { next: await cursors.ofLearner(of, next) }) };
};

export const tieHandlers = [tellingTies, handling(AskForWaitingTies, TELLING_TIES, tell)];
