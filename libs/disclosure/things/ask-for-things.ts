// A page of things: decided item by item, recorded in the asker's stream, and only then told.
import { type Asker, recordedAs } from '#access';
import { londonDate, type Position } from '#kernel';
import { LINK_ADVISERS } from '#learner-file';
import { reachOf } from '#sharing-protocols';
import type { Draft, Missing } from '#unit-of-work';
import { answerItem } from '../answer-item.ts';
import type { GateParts } from '../gate-parts.ts';
import { type Reader, readerFor, recipientIn } from '../in-force.ts';
import { type ListDecided, listEvent, listStream } from '../lists/index.ts';
import { type DecisionIds, drawIds, type Moment, momentOf, readerAt, staffOf, versionsAt } from '../moment.ts';
import { type DecidedThings, type DecidedThingsPage, decideThings, kindsOf, recordedThings } from './decide-things.ts';
import { type OpenedCandidate, openCandidates } from './thing-reader.ts';
import type { ThingRow, ThingsAnswer, ThingsInquiry, ThingSource } from './things-question.ts';

/** More at once would keep the event loop from everybody else. */
const MOST_CANDIDATES = 10_000;

/** Nobody is shown anything, and nothing is its own. */
const NOBODY: DecidedThingsPage = { rows: [], more: false, refused: [] };

interface Decided {
  readonly page: DecidedThingsPage;
  readonly reader: Reader | undefined;
}

/** Throws `RangeError` where a view proposes too many at once. Rejects with `EventStoreError` where the decision cannot be recorded. */
export const askForThings = async (parts: GateParts, inquiry: ThingsInquiry): Promise<ThingsAnswer> => {
  const { candidates, complete } = inquiry;
  if (candidates.length > MOST_CANDIDATES) throw new RangeError(`A page has at most ${MOST_CANDIDATES} candidates: propose fewer.`);
  const opened = await openCandidates(parts, candidates);
  const ids = drawIds();
  if (!complete && !decideOn(momentOf(parts, ids.correlation), inquiry, opened).page.more) return { outcome: 'unfilled' };
  const { judged, positions } = await parts.writer.write({
    look: () => lookedAt(parts, inquiry),
    judge: () => judge(parts, inquiry, opened, ids),
  });
  parts.observer?.decided(judged.page.refused ? 'not-permitted' : 'answered', inquiry.list);
  return answerOf(parts, judged, positions.get(ids.decision) ?? 0);
};

const lookedAt = ({ streams }: GateParts, { asker }: ThingsInquiry): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...streams.heads.missing(listStream(recordedAs(asker))),
];

const answerOf = (parts: GateParts, { page: { rows, more, refused }, reader }: Decided, position: Position): ThingsAnswer =>
  refused || !reader
    ? { outcome: 'not-permitted', clauses: refused ?? [], position }
    : { outcome: 'answered', rows: rows.map((row) => rowFor(parts, reader, row)), more, position };

/** Must not wait. */
const judge = (
  parts: GateParts,
  inquiry: ThingsInquiry,
  opened: readonly OpenedCandidate[],
  { correlation, decision: id }: DecisionIds,
): Decided & { readonly draft: Draft } => {
  const moment = { ...momentOf(parts, correlation), id };
  const decided = decideOn(moment, inquiry, opened);
  record(parts, moment, inquiry, decided.page);
  return { draft: moment.draft, ...decided };
};

const decideOn = (moment: Moment, inquiry: ThingsInquiry, opened: readonly OpenedCandidate[]): Decided => {
  const reader = readerAt(moment, inquiry.asker);
  const { decisions, today } = moment.inForce;
  return { page: reader ? decideThings({ decisions, reader, today }, inquiry, opened) : NOBODY, reader };
};

const record = (
  parts: GateParts,
  moment: Moment & { readonly id: string },
  { candidates: _, complete: __, asker, ...question }: ThingsInquiry,
  page: DecidedThingsPage,
): void => {
  const { draft, at, correlation, id } = moment;
  const recipient = recordedAs(asker);
  const content: ListDecided = {
    ...question,
    recipient,
    ...staffOf(asker),
    at,
    ...versionsAt(parts, moment),
    looked: page.rows.length,
    outcome: page.refused ? 'not-permitted' : 'answered',
    rows: [],
    things: recordedThings(page.rows),
  };
  draft.add(parts.streams.heads, listStream(recipient), listEvent({ id, correlation }, content), () => null);
};

const rowFor = ({ vault }: GateParts, reader: Reader, { candidate, permitted }: DecidedThings): ThingRow => {
  const to = { recipient: reader.slug, learner: '', names: vault };
  return { candidate, items: new Map(permitted.map(({ opened, ...one }) => [opened.position, answerItem(one, opened, to)])) };
};

/**
 * Agencies of whose things of a list's kind the asker could be shown any: a view need not propose those of others, so that how many there
 * are shows in nothing, not even in time. It follows from agencies and protocols alone.
 */
export const sourcesOfThings = (
  { registers, clock }: Pick<GateParts, 'registers' | 'clock'>,
  { asker, items, purposes }: { readonly asker: Asker } & Pick<ThingsInquiry, 'items' | 'purposes'>,
): readonly ThingSource[] => {
  const inForce = registers.inForce(londonDate(clock.now()));
  const reader = readerFor(asker, (slug) => inForce.partner(slug));
  if (!reader) return [];
  const kinds = kindsOf(items.anchor);
  return inForce.agencies.flatMap(({ slug: agency }) => {
    const reach = reachOf(inForce.decisions, { recipient: recipientIn(reader), source: agency, kinds, purposes });
    return reach === 'nothing' ? [] : [{ agency, reach }];
  });
};
