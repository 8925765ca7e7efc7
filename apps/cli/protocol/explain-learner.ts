// Why an agency may see, or not see, each item of a learner's file: kinds of items and clauses, nothing of what the items say.
import { stateOf } from '#agencies';
import { knownIn } from '#disclosure';
import { type AgencySlug, londonDate, type Position } from '#kernel';
import { learnerStream, LINK_ADVISERS } from '#learner-file';
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
import type { BrokerNode } from '../../broker/node.ts';
import { misuse } from '../complaint.ts';
import { learnerNamed, streamsOf } from '../learner-reference.ts';

export interface ToExplain {
  readonly agency: AgencySlug;
  /** See `learnerNamed`. */
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly route: Route;
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

export const explainLearner = async (node: BrokerNode, { agency: slug, ref, purposes, route }: ToExplain): Promise<Explanation> => {
  const at = node.clock.now();
  const inForce = node.registers.inForce(londonDate(at));
  const strange = purposes.find((purpose) => !inForce.purposes.has(purpose));
  if (strange !== undefined)
    throw misuse(`No protocol in force has the purpose ${strange}: there are ${[...inForce.purposes].join(', ') || 'none'}.`);
  const streams = streamsOf(node);
  const id = await learnerNamed(node, streams, { agency: slug, ref });
  const { state: file, revision } = await streams.files.load(learnerStream(id));
  const { state: linkAdvisers } = await streams.linkAdvisers.load(LINK_ADVISERS);
  const known = knownIn({ file, revision, inForce, linkAdvisers, at });
  const { counting } = known.relationshipsOf(slug);
  const question = { recipient: slug, purposes, route, learner: known.terms, today: londonDate(at), referred: known.referredBy(slug) };
  const toldBy = inForce.partner(slug) ? byClauses : stoppedFrom(node, slug);
  const positions = (await node.store.readStream(learnerStream(id))).map(({ position }) => position);
  return {
    relationships: namesOf(counting),
    items: recordItems(known.items, slug).map((item) => ({
      ...about(item, positions[item.revision] ?? 0),
      ...toldBy(inForce.decisions, { ...question, item, relationships: known.bitsFor(slug, item) }),
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
const stoppedFrom = ({ agencies }: BrokerNode, slug: AgencySlug): ((table: Table, question: Question) => Told) => {
  const agency = agencies.bySlug(slug);
  const says = `${slug} is ${agency && stateOf(agency) === 'ended' ? 'let go' : 'suspended'}: nothing is shown to it until it is readmitted.`;
  return () => ({ permitted: false, why: [says] });
};

const about = ({ type, category, source }: RecordItem, position: Position): Omit<ExplainedItem, keyof Told> => ({
  position,
  type,
  category,
  source,
});

const namesOf = (bits: number): Explanation['relationships'] => RELATIONSHIPS.filter((name) => bits & relationshipBit(name));
