// Why an agency may see, or not see, each item of a learner's file: kinds of items and clauses, nothing of what the items say.
import { type Agency, stateOf } from '#agencies';
import { correlation } from '#bus';
import { type AgencySlug, type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import { eventsOfFile } from '#learner-file';
import { untilComplete } from '#unit-of-work';
import { type RecordItem, recordItems } from '#learner-record';
import {
  decideDisclosure,
  explain,
  relationshipBit,
  type Question,
  RELATIONSHIPS,
  type RelationshipName,
  type Route,
} from '#sharing-protocols';
import { knownIn, type LearnerAtMoment } from '../decide-answer.ts';
import type { GateParts } from '../gate-parts.ts';
import { learnerAt, momentOf } from '../moment.ts';
import { type Look, look, type LookInquiry } from './look.ts';

export interface ToExplain {
  readonly agency: AgencySlug;
  readonly purposes: readonly string[];
  readonly route: Route;
}

export interface ExplanationInquiry extends Pick<LookInquiry, 'asker'>, ToExplain {
  readonly learner: LearnerId;
}

export interface ExplainedItem {
  readonly position: Position;
  readonly type: string;
  readonly category: string;
  readonly source: AgencySlug;
  readonly permitted: boolean;
  /** The decision, then each clause about such an item and what became of it. */
  readonly why: readonly string[];
}

export interface Explanation {
  readonly relationships: readonly RelationshipName[];
  readonly items: readonly ExplainedItem[];
}

/** Rejects with `EventStoreError` where the look cannot be recorded; `told` is undefined where there is no such learner or agency. */
export const explainLearner = async (
  parts: GateParts,
  { asker, learner, ...toExplain }: ExplanationInquiry,
): Promise<Look<Explanation | undefined>> =>
  look(parts, { asker, asked: 'explanation', parameters: { ...toExplain }, about: learner }, async () => {
    const { known } = await untilComplete(() => {
      const moment = momentOf(parts, correlation());
      return { known: learnerAt(parts, moment, learner), missing: moment.draft.missing };
    });
    const agency = known?.inForce.agency(toExplain.agency);
    if (known === undefined || agency === undefined) return undefined;
    const events = await eventsOfFile(parts.store, known.file);
    return explained(known, agency, { ...toExplain, positions: new Map(events.map(({ place, stored }) => [place, stored.position])) });
  });

type Asked = Omit<ToExplain, 'agency'> & { readonly positions: ReadonlyMap<Revision, Position> };

const explained = (at: LearnerAtMoment, agency: Agency, { purposes, route, positions }: Asked): Explanation => {
  const { slug } = agency;
  const known = knownIn(at);
  const { decisions } = at.inForce;
  const today = londonDate(at.at);
  const question = { recipient: slug, purposes, route, learner: known.terms, today, referred: known.referredBy(slug) };
  const told = at.inForce.partner(slug) ? byClauses : stoppedFrom(agency);
  return {
    relationships: namesOf(known.relationshipsOf(slug).counting),
    items: recordItems(known.items, slug).map((item) => ({
      ...about(item, positions.get(item.revision) ?? 0),
      ...told(decisions, { ...question, item, relationships: known.bitsFor(slug, item) }),
    })),
  };
};

type Told = Pick<ExplainedItem, 'permitted' | 'why'>;
type Table = Parameters<typeof explain>[0];

const byClauses = (table: Table, question: Question): Told => ({
  permitted: decideDisclosure(table, question).permit,
  why: explain(table, question),
});

/** Whatever the clauses say. */
const stoppedFrom = (agency: Agency): ((table: Table, question: Question) => Told) => {
  const says = `${agency.slug} is ${stateOf(agency) === 'ended' ? 'let go' : 'suspended'}: nothing is shown to it until it is readmitted.`;
  return () => ({ permitted: false, why: [says] });
};

const about = ({ type, category, source }: RecordItem, position: Position): Omit<ExplainedItem, keyof Told> => ({
  position,
  type,
  category,
  source,
});

const namesOf = (bits: number): Explanation['relationships'] => RELATIONSHIPS.filter((name) => bits & relationshipBit(name));
