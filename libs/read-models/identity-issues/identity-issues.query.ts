// What an agency told of learners that may not be told apart from others, as views know it: registrations without a number, contributions
// under a number alone that wait, and statements of its own that contradict one another (views.md, S15).
import { addDays, type AgencySlug, type LearnerId, londonDate, londonDayStart, type Revision } from '#kernel';
import { UNDER_NUMBER_ALONE } from '#learner-file';
import { type OwnEntry, queuedOf } from '../data-quality/index.ts';
import type { ViewReader } from '../engine/index.ts';
import { factTable, issuesView } from '../issues/index.ts';
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

export const anchors = anchorsOf(
  'identity-issues',
  1,
  { 'learner.registered': ({ uln }, toldOn) => (uln === undefined ? toldOn : undefined) },
  { bySource: true },
);

export const QUEUED = [UNDER_NUMBER_ALONE, 'link-conflict'] as const;
export type QueuedKind = (typeof QUEUED)[number];

/** No learner's id is empty: what is queued stands before what was registered on the same day. */
const QUEUED_FIRST = '';

const proposeRegistered = proposeAnchors(anchors, { own: ['learner.registered'] });

const OWN_IDENTITY = ['learner.registered', 'learner.corrected'] as const;
type OwnIdentity = (typeof OWN_IDENTITY)[number];

const MOST = 100;

/** Where the agency's own statements of who somebody is stand in the learner's stream. */
const ownStatements = async (
  views: ViewReader,
  { learner, source, type }: { readonly learner: LearnerId; readonly source: AgencySlug; readonly type: OwnIdentity },
): Promise<readonly Revision[]> => {
  const { rows } = await views.rows(issuesView, factTable, { where: { learner, type, source }, order: 'revision', limit: MOST });
  return rows.map(({ revision }) => revision);
};

/** Looked at beside nothing but what the agency itself said of who that is: it may register somebody again, with the number. */
const withOwnAlone = async (views: ViewReader, source: AgencySlug, proposal: Proposal): Promise<Proposal> => {
  const { learner } = proposal;
  const own = await Promise.all(OWN_IDENTITY.map((type) => ownStatements(views, { learner, source, type })));
  return { ...proposal, only: own.flat() };
};

const registered = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const [day = '', second] = asked.after ?? [];
  const behind = second === QUEUED_FIRST ? { after: [day, QUEUED_FIRST, 0] } : {};
  const { position, candidates } = await proposeRegistered(views, { ...asked, ...behind });
  return { position, candidates: await Promise.all(candidates.map((one) => withOwnAlone(views, asked.asker.slug, one))) };
};

/** Of what waits that itself; of what was refused the agency's registration that it contradicts. */
const proposalOf = async (views: ViewReader, source: AgencySlug, { entry, finding, place }: OwnEntry): Promise<Proposal> => {
  const { kind, state, openedAt: knownAt, position, learners } = entry;
  const [learner = ''] = learners;
  const [first = finding] =
    kind === UNDER_NUMBER_ALONE ? [finding] : await ownStatements(views, { learner, source, type: 'learner.registered' });
  const at: Place = [londonDate(knownAt), QUEUED_FIRST, ...place];
  return { learner, anchor: first, only: [first], knownAt, position, about: `${kind} ${state}`, place: at };
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
  mergedPages([...(await Promise.all(QUEUED.map((kind) => queued(views, asked, kind)))), await registered(views, asked)], {
    limit: asked.limit,
  });

const hasRegistered = ownAnchors(anchors);

export const hasIdentityIssues = async (views: ViewReader, asker: ListAsker): Promise<boolean> => {
  if (await hasRegistered(views, asker)) return true;
  const found = await Promise.all(QUEUED.map((kind) => queuedOf(views, { agency: asker.slug, kind, limit: 1 })));
  return found.some(({ rows }) => rows.length > 0);
};
