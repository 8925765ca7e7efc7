// A page of whatever list: judged on the learners' files as they stand, and recorded as one decision of the asker's with a part of each
// learner's, on the condition that nothing of what was read has moved (ADR 26).
import { type Asker, recordedAs } from '#access';
import type { LearnerId, Position } from '#kernel';
import { disclosureStream, LINK_ADVISERS, missingFile } from '#learner-file';
import { localIdOf } from '#learners';
import type { Draft, Missing } from '#unit-of-work';
import type { AccessContext } from '../decide-answer.ts';
import {
  type DecisionIds,
  drawIds,
  type Moment,
  momentOf,
  readerAt,
  reasonOf,
  recordDecision,
  requireAsSeen,
  staffOf,
  versionsAt,
} from '../moment.ts';
import type { GateParts } from '../gate-parts.ts';
import { isPost, type Reader } from '../in-force.ts';
import type { ListQuestion, LearnerNamed } from './list-question.ts';
import { type ListDecided, listEvent, listStream } from './list-record.ts';
import { type DecidedPage, type PageRow, WHOLE_ROW } from './page-rows.ts';

export interface PageInquiry extends ListQuestion {
  readonly asker: Asker;
  readonly candidates: readonly { readonly learner: LearnerId }[];
}

export type PlacedPage<Row extends PageRow> = DecidedPage<Row> & { readonly position: Position };

/** Nobody is told anything. */
const NOBODY = { rows: [], looked: 0, refused: [] };

/** More at once would keep the event loop from everybody else. */
const MOST_CANDIDATES = 2000;

/** Must not wait. */
export type DecidePage<Row extends PageRow> = (moment: Moment, reader: Reader) => DecidedPage<Row>;

/** Throws `RangeError` where a view proposes too many at once. Rejects with `EventStoreError` where the decision cannot be recorded. */
export const askForPage = async <Row extends PageRow>(
  parts: GateParts,
  inquiry: PageInquiry,
  decide: DecidePage<Row>,
): Promise<PlacedPage<Row>> => {
  const { candidates } = inquiry;
  if (candidates.length > MOST_CANDIDATES) throw new RangeError(`A page has at most ${MOST_CANDIDATES} candidates: propose fewer.`);
  const { writer, observer } = parts;
  const ids = drawIds();
  const { judged, positions } = await writer.write({
    look: () => lookedAt(parts, inquiry),
    judge: () => judge(parts, inquiry, decide, ids),
  });
  const { page } = judged;
  observer?.decided(outcomeOfPage(page), inquiry.list);
  return { ...page, position: positions.get(ids.decision) ?? 0 };
};

const outcomeOfPage = ({ refused }: DecidedPage<PageRow>): ListDecided['outcome'] => (refused === undefined ? 'answered' : 'not-permitted');

const lookedAt = ({ streams }: GateParts, { asker, candidates }: PageInquiry): readonly Missing[] => {
  const learners = [...new Set(candidates.map(({ learner }) => learner))];
  return [
    ...streams.linkAdvisers.missing(LINK_ADVISERS),
    ...streams.heads.missing(listStream(recordedAs(asker))),
    ...learners.flatMap((id) => [...missingFile(streams, id), ...streams.heads.missing(disclosureStream(id))]),
  ];
};

interface JudgedPage<Row extends PageRow> {
  readonly draft: Draft;
  readonly page: DecidedPage<Row>;
}

const judge = <Row extends PageRow>(
  parts: GateParts,
  inquiry: PageInquiry,
  decide: DecidePage<Row>,
  { correlation, decision: id }: DecisionIds,
): JudgedPage<Row> => {
  const moment = { ...momentOf(parts, correlation), id };
  const reader = readerAt(moment, inquiry.asker);
  const page: DecidedPage<Row> = reader ? decide(moment, reader) : NOBODY;
  record(parts, moment, inquiry, page);
  for (const { learner } of inquiry.candidates.slice(0, page.looked)) requireAsSeen(parts, moment, learner);
  return { draft: moment.draft, page };
};

const record = (
  parts: GateParts,
  moment: Moment & { readonly id: string },
  { candidates: _, asker, ...question }: PageInquiry,
  page: DecidedPage<PageRow>,
): void => {
  const { streams, vault } = parts;
  const { draft, at, correlation, id } = moment;
  const recipient = recordedAs(asker);
  const { purposes, list } = question;
  const asked = { recipient, ...staffOf(asker), purposes, ...reasonOf(question), route: 'list', asked: list, page: WHOLE_ROW } as const;
  const rows = page.rows.map(({ context, asked: row, decided }, place) => {
    const ofRow = { ...moment, id: vault.blindId('row', `${id}\n${place}`) };
    return { learner: context.file.id, decision: recordDecision(streams, ofRow, context, { ...asked, row, ...decided }) };
  });
  const content: ListDecided = {
    ...question,
    recipient,
    ...staffOf(asker),
    at,
    ...versionsAt(parts, moment),
    looked: page.looked,
    outcome: outcomeOfPage(page),
    rows,
    ...(page.weighed && { weighed: page.weighed }),
  };
  draft.add(streams.heads, listStream(recipient), listEvent({ id, correlation }, content), () => null);
};

/** Who works on the data directory names learners as the broker does. */
const isWithin = (reader: Reader): boolean => isPost(reader) && (reader.post === 'data-manager' || reader.post === 'operator');

export const namedFor = ({ pseudonyms }: GateParts, { reader, file }: AccessContext): LearnerNamed => {
  const learner = isWithin(reader) ? file.id : pseudonyms.of(reader.slug, file.id);
  const localId = isPost(reader) ? undefined : localIdOf(file.learner, reader.slug);
  return { learner, ...(localId === undefined ? {} : { localId }) };
};
