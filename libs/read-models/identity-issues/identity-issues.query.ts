// What an agency told of learners that may not be told apart from others, as views know it: registrations without a number, contributions
// under a number alone that wait, and statements of its own that contradict one another (views.md, S15).
import { addDays, type AgencySlug, londonDate, londonDayStart, type Revision } from '#kernel';
import { UNDER_NUMBER_ALONE } from '#learner-file';
import { type OwnEntry, queuedOf } from '../data-quality/index.ts';
import type { ViewReader } from '../engine/index.ts';
import { GIVES_ULN, statedElsewhere } from '../issues/index.ts';
import {
  anchorsOf,
  type ListAsker,
  mergedPages,
  ownAnchors,
  type Place,
  proposeAnchors,
  type Proposal,
  type Proposed,
  type Proposing,
} from '../lists/index.ts';
import { ownStatements, QUEUED_FIRST } from './own-statements.ts';
import { hasWrongNumbers, proposeWrongNumbers } from './wrong-numbers.query.ts';

export const anchors = anchorsOf(
  'identity-issues',
  1,
  { 'learner.registered': ({ uln }, toldOn) => (uln === undefined ? toldOn : undefined) },
  { bySource: true },
);

export const QUEUED = [UNDER_NUMBER_ALONE, 'link-conflict'] as const;
export type QueuedKind = (typeof QUEUED)[number];

const proposeRegistered = proposeAnchors(anchors, { own: ['learner.registered'] });

/** Looked at beside nothing but what the agency itself said of who that is: it may register somebody twice, once with the number. */
const withOwnAlone = async (views: ViewReader, source: AgencySlug, proposal: Proposal): Promise<Proposal> => {
  const { learner } = proposal;
  const own = await ownStatements(views, learner, source);
  const elsewhere = await statedElsewhere(views, { learner, gives: GIVES_ULN, source });
  return { ...proposal, only: own.map(({ revision }) => revision), ...(elsewhere.length > 0 && { elsewhere }) };
};

const registered = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const [day = '', second] = asked.after ?? [];
  const behind = second === QUEUED_FIRST ? { after: [day, QUEUED_FIRST, 0] } : {};
  const { position, candidates } = await proposeRegistered(views, { ...asked, ...behind });
  return { position, candidates: await Promise.all(candidates.map((one) => withOwnAlone(views, asked.asker.slug, one))) };
};

/** What makes the row, and of what it tells; nothing where the agency's word of it does not stand. */
type Queued = Pick<Proposal, 'learner' | 'anchor' | 'about'> & { readonly only: readonly Revision[] };

/** Of what was refused the agency's registration that it contradicts. Of two who are one now it waits until the agency told anew. */
const refusedOf = async (views: ViewReader, source: AgencySlug, { learners, state, decisions }: OwnEntry['entry']): Promise<Queued> => {
  const own = (await Promise.all(learners.map((learner) => ownStatements(views, learner, source)))).flat();
  const first = own.find(({ type }) => type === 'learner.registered');
  const isOfTwo = learners.length > 1;
  const isToldAnew = isOfTwo && state === 'same' && own.some(({ position }) => position > (decisions.at(-1) ?? 0));
  if (first === undefined || isToldAnew) return { learner: learners[0] ?? '', only: [] };
  const { learner, revision } = first;
  return { learner, anchor: revision, only: [revision], about: `link-conflict ${state}${isOfTwo ? OF_TWO : ''}` };
};

/** Beside a state: what was refused named two records. */
export const OF_TWO = '-of-two';

/** Of what waits that itself. */
const waitingOf = ({ entry: { kind, state, learners }, finding }: OwnEntry): Queued => ({
  ...{ learner: learners[0] ?? '', anchor: finding, only: [finding], about: `${kind} ${state}` },
});

const proposalOf = async (views: ViewReader, source: AgencySlug, own: OwnEntry): Promise<Proposal> => {
  const { kind, openedAt: knownAt, position } = own.entry;
  const queued = kind === UNDER_NUMBER_ALONE ? waitingOf(own) : await refusedOf(views, source, own.entry);
  return { ...queued, knownAt, position, place: [londonDate(knownAt), QUEUED_FIRST, ...own.place] };
};

/** Where a page begins: behind that entry, or behind the day of a registration, before which all entries of that day stand. */
const beginningAt = ([day, second, ...place]: Place): { readonly since?: number; readonly after?: Place } =>
  second === QUEUED_FIRST ? { after: place } : { since: londonDayStart(addDays(String(day), 1)) };

const queued = async (views: ViewReader, { asker, on, after, limit }: Proposing, kind: QueuedKind): Promise<Proposed> => {
  const page = { agency: asker.slug, kind, limit: limit + 1, ...(after && beginningAt(after)) };
  const { position, rows } = await queuedOf(views, page);
  const told = rows.filter(({ entry }) => londonDate(entry.openedAt) <= on);
  return { position, candidates: await Promise.all(told.map((one) => proposalOf(views, asker.slug, one))) };
};

/** In the order of their days. */
export const proposeIdentityIssues = async (views: ViewReader, asked: Proposing): Promise<Proposed> =>
  mergedPages(
    await Promise.all([...QUEUED.map((kind) => queued(views, asked, kind)), proposeWrongNumbers(views, asked), registered(views, asked)]),
    { limit: asked.limit },
  );

const hasRegistered = ownAnchors(anchors);

export const hasIdentityIssues = async (views: ViewReader, asker: ListAsker): Promise<boolean> => {
  if ((await hasRegistered(views, asker)) || (await hasWrongNumbers(views, asker.slug))) return true;
  const found = await Promise.all(QUEUED.map((kind) => queuedOf(views, { agency: asker.slug, kind, limit: 1 })));
  return found.some(({ rows }) => rows.length > 0);
};
