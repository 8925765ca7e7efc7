// Which items of a learner's file an answer may hold, and why: the gate's pure part.
import { type AgencySlug, type Instant, londonDate, type Revision } from '#kernel';
import { type FileCircumstances, type FileStanding, type LearnerFile, standingIn } from '#learner-file';
import type { DisplacedFor } from '#duties';
import { displacedOf, type LinkAdvisers, type MergedIdentity } from '#learners';
import { hasContributed, type RecordItem, recordItems, wasAsked } from '#learner-record';
import {
  clausesThatWouldHave,
  decideDisclosure,
  type DisclosureDecision,
  MERGED_IDENTITY,
  type Permit,
  type Question,
  relationshipBit,
  type Route,
} from '#sharing-protocols';
import {
  type AnswerPage,
  inPageOrder,
  inTurns,
  isFirst,
  MERGED_IDENTITY_REVISION,
  narrowed,
  type PagePlace,
  withTakenBack,
} from './answer.ts';
import type { DisclosureDecided } from './decision-record.ts';
import { itemsOfPost } from './items-of-post.ts';
import { type InForce, isPost, isServed, type PostReader, type Reader, recipientIn } from './in-force.ts';

/** One learner's file at one moment, with all that it counts by. */
export interface LearnerAtMoment {
  readonly file: LearnerFile;
  /** Of the learner's stream, as the file stands. */
  readonly revision: Revision;
  readonly inForce: InForce;
  readonly linkAdvisers: LinkAdvisers;
  readonly at: Instant;
}

/** One reader before it: all that one decision about access looks at. */
export interface AccessContext extends LearnerAtMoment {
  readonly reader: Reader;
}

const circumstancesIn = ({ inForce, linkAdvisers, at }: LearnerAtMoment): FileCircumstances => ({
  now: at,
  today: londonDate(at),
  areas: inForce.register,
  linkAdvisers,
});

/** The learner's file as it counts at that moment, whoever asks. */
export const knownIn = (moment: LearnerAtMoment): FileStanding => standingIn(moment.file, circumstancesIn(moment));

/** Of a recipient's own advisers of whom another's has taken the place (ADR 74), by the places of their assignments. */
export type Displaced = ReadonlyMap<Revision, DisplacedFor>;

const NONE_DISPLACED: Displaced = new Map();

/** Whoever was adviser learns no more than that it is not; whose word never counted is told nothing of others by that. */
export const displacedIn = (context: AccessContext): Displaced =>
  isPost(context.reader) ? NONE_DISPLACED : displacedOf(knownIn(context).standing, context.reader.slug);

export interface PermittedItem {
  readonly item: RecordItem;
  readonly permit: Permit;
}

export interface DecidedAnswer {
  /** Whether the agency has to do with the learner at all. */
  readonly related: boolean;
  /** Whether a learner asks what the own record holds, for a purpose for which it is shown: then nothing is an answer too. */
  readonly own: boolean;
  readonly permitted: readonly PermittedItem[];
  readonly refused: readonly { readonly item: RecordItem; readonly decision: Extract<DisclosureDecision, { permit: false }> }[];
  /** Behind which a further page begins, where there is one. */
  readonly next?: PagePlace;
}

export interface Asked {
  /** `any`: whichever permits most, as a feed asks. */
  readonly purposes: readonly string[] | 'any';
  /** Why a post opens a record inside a rights task. */
  readonly reason?: string;
  readonly route: Route;
  readonly wants: (item: RecordItem) => boolean;
  readonly page: AnswerPage;
  /** Where it is known that none but these are wanted. */
  readonly among?: readonly RecordItem[];
  /** Of a row that tells of what was taken back since: that event. */
  readonly takenBack?: Revision;
}

/** Whether the agency contributed anything: then it always sees that, and knows the learner. */
export const contributedTo = ({ file, reader }: AccessContext): boolean => hasContributed(file.record, reader.slug);

/**
 * An officer of one agency is told of those whom the agency knows, or who asked it something; a learner of nobody else; the partnership's
 * offices look after all.
 */
const concerns = ({ of, learner }: PostReader, context: AccessContext): boolean => {
  const { file } = context;
  if (learner !== undefined) return learner === file.id;
  return of === undefined || hasContributed(file.record, of) || wasAsked(file.record, of) || knownIn(context).isRelated(of);
};

/** Whether the reader has to do with the learner at all. */
export const isRelated = (context: AccessContext): boolean => {
  const { reader } = context;
  return isPost(reader) ? concerns(reader, context) : knownIn(context).isRelated(reader.slug);
};

/** The broker's one identity of the learner, where anything of it counts; it stands before all items. */
export const MERGED: RecordItem = {
  type: MERGED_IDENTITY,
  category: 'identity',
  source: '',
  facts: {},
  revision: MERGED_IDENTITY_REVISION,
  at: 0,
  apart: false,
};

const SERVICES: readonly string[] = ['yot', 'custody', 'social-services'];
const ADVISER_FOR = relationshipBit('adviser-for');

/** What such services stated is told to themselves, and to the careers service that advises the learner. */
const toldOfServices = ({ roles }: Reader, relationships: number): boolean =>
  roles.some((role) => SERVICES.includes(role)) || (roles.includes('connexions') && (relationships & ADVISER_FOR) !== 0);

/** As this agency may be told it. */
export const identityFor = (context: AccessContext): MergedIdentity => {
  const known = knownIn(context);
  return known.identity(toldOfServices(context.reader, known.relationshipsOf(context.reader.slug).counting));
};

/** As the log holds them; to an agency the identity comes first, with the first page. */
const itemsFor = (context: AccessContext, { page, wants, among, takenBack }: Asked): readonly RecordItem[] => {
  const { reader } = context;
  if (isPost(reader)) return itemsOfPost(reader, knownIn(context)).filter(wants);
  if (among !== undefined) return recordItems(among, reader.slug);
  const items = recordItems(withTakenBack(knownIn(context).items, takenBack), reader.slug).filter(wants);
  return isFirst(page) && wants(MERGED) && identityFor(context).size > 0 ? [MERGED, ...items] : items;
};

/** To whom takes no part nothing is shown, its own included. */
const NOT_TAKING_PART: DisclosureDecision = { permit: false, reasons: [{ lacks: 'not-taking-part' }] };

type Decided = Pick<DecidedAnswer, 'permitted' | 'refused' | 'next'>;
type Decide = (item: RecordItem) => DisclosureDecision;

/**
 * Item by item, in an order that is known before. There is a further page where one more is permitted: for what is hidden it would tell
 * that it exists.
 */
const decideAlong = (items: Iterable<readonly [RecordItem, PagePlace | undefined]>, decide: Decide, limit: number): Decided => {
  const permitted: PermittedItem[] = [];
  const refused: DecidedAnswer['refused'][number][] = [];
  let last: PagePlace | undefined;
  for (const [item, place] of items) {
    const decision = decide(item);
    if (!decision.permit) refused.push({ item, decision });
    else if (permitted.length === limit) return { permitted, refused, ...(last && { next: last }) };
    else {
      permitted.push({ item, permit: decision });
      last = place;
    }
  }
  return { permitted, refused };
};

/** All at first, since whose turn it is follows from what is permitted alone: what is hidden must not be told by a gap in the order. */
const decideInTurns = (items: readonly RecordItem[], decide: Decide, page: AnswerPage): Decided => {
  const { permitted, refused } = decideAlong(
    items.map((item) => [item, undefined]),
    decide,
    items.length,
  );
  if (isFirst(page) && permitted.length <= page.limit) return { permitted, refused };
  const left = inTurns(permitted, page);
  const shown = left.slice(0, page.limit);
  const last = left.length > page.limit ? shown.at(-1)?.[1] : undefined;
  return { permitted: shown.map(([entry]) => entry), refused: isFirst(page) ? refused : [], ...(last && { next: last }) };
};

export const decideAnswer = (context: AccessContext, asked: Asked): DecidedAnswer => ({
  related: isRelated(context),
  own: isOwnQuestion(context, asked),
  ...decidePage(itemsFor(context, asked), decisionsFor(context, asked), { ...asked.page, reader: context.reader.slug }),
});

const isOwnQuestion = ({ reader, inForce }: AccessContext, { purposes }: Asked): boolean =>
  isPost(reader) && reader.learner !== undefined && clausesThatWouldHave(inForce.decisions, recipientIn(reader), purposes).length > 0;

const decidePage = (items: readonly RecordItem[], decide: Decide, page: AnswerPage & { readonly reader: AgencySlug }): Decided => {
  if (page.order === 'told') return decideAlong(inPageOrder(items, page, page.reader), decide, page.limit);
  return decideInTurns(items, decide, page);
};

/**
 * Who has nothing to do with the learner, or takes no part, is told of nobody; who contributed gets an answer, if an empty one. Clauses
 * that name no relationship act on lists: what one permits there is told (sharing-matrix.md).
 */
export const outcomeOf = (
  context: AccessContext,
  { related, own, permitted }: DecidedAnswer,
  route: Route = 'learner',
): DisclosureDecided['outcome'] => {
  const isShown = permitted.length > 0;
  const contributed = contributedTo(context);
  const isKnown = [related, contributed, isShown && route === 'list'].includes(true);
  if (!isServed(context.reader) || !isKnown) return 'not-known';
  return isShown || contributed || own ? 'answered' : 'not-permitted';
};

/** Nobody but an agency has one. */
const NO_RELATIONSHIP = 0;
const NOBODY_REFERRED: ReadonlyMap<AgencySlug, string> = new Map();

export const decisionsFor = (context: AccessContext, asked: Asked): ((item: RecordItem) => DisclosureDecision) => {
  const { reader, inForce } = context;
  if (!isServed(reader)) return () => NOT_TAKING_PART;
  const known = knownIn(context);
  const question = questionAbout(context, asked);
  const bits = isPost(reader) ? () => NO_RELATIONSHIP : (item: RecordItem) => known.bitsFor(reader.slug, item);
  const decide = (item: RecordItem): DisclosureDecision =>
    decideDisclosure(inForce.decisions, { ...question, item, relationships: bits(item) });
  return (item) => narrowed(item, decide(item), asked.takenBack);
};

/** Whole records are opened inside a rights task, with a reason (sharing-matrix.md, OV2). */
const WITH_REASON: readonly string[] = ['answer-rights'];

const purposesHeard = (reader: Reader, { purposes, reason }: Asked): Asked['purposes'] =>
  purposes === 'any' || !isPost(reader) || reason !== undefined ? purposes : purposes.filter((one) => !WITH_REASON.includes(one));

const questionAbout = (context: AccessContext, asked: Asked): Omit<Question, 'item' | 'relationships'> => {
  const { reader, at } = context;
  const known = knownIn(context);
  return {
    recipient: recipientIn(reader),
    purposes: purposesHeard(reader, asked),
    route: asked.route,
    learner: known.terms,
    today: londonDate(at),
    referred: isPost(reader) ? NOBODY_REFERRED : known.referredBy(reader.slug),
  };
};
