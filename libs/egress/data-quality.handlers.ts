import { Inject } from '@nestjs/common';
import type { FactoryProvider } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type OfficeAsker, recordedAs } from '#access';
import { districtOf } from '#agencies';
import { handling } from '#bus/nest';
import { Gate, type MatchDecision, PageCursors, Registers } from '#disclosure';
import { type AgencySlug, type Clock, type LearnerId, londonDate, type Position } from '#kernel';
import { TIE_KINDS, type TieKind } from '#learner-file';
import { type DataQualityEntry, listDataQuality, type MatchStateAsked, type ViewReader } from '#read-models';
import { CLOCK, VIEWS } from './egress.tokens.ts';
import { AskForDataQuality, AskForMatch, type FindingsAsked, type FindingsShown, type MatchShown } from './look-queries.ts';
import {
  conflictsOf,
  type Comparison,
  comparedIn,
  decisionsOf,
  isTieKind,
  queueOrder,
  recordOf,
  type RecordShown,
  shownAs,
  sourcesIn,
  unconfirmedTie,
  unconfirmedTies,
  type QueueFinding,
} from './queue-findings.ts';

const LIMIT = 100_000;
const PURPOSES = ['assure-data-quality'];
/** Learners that are decided on together. */
const PAGE = 200;
const ITEMS = { anchor: ['learner.registered'], beside: [] };
const BESIDE = [
  'learner.corrected',
  'assessment.recorded',
  'programme.started',
  'programme.left-early',
  'programme.moved-on',
  'destination.recorded',
];

interface Parts {
  readonly views: ViewReader;
  readonly gate: Gate;
  readonly clock: Clock;
}

/** Of two who are one now a page has one row, under the name of the one who goes on. */
const isShown = ({ state, learners }: DataQualityEntry, shown: ReadonlyMap<LearnerId, RecordShown>): boolean =>
  state === 'same' ? learners.some((learner) => shown.has(learner)) : learners.every((learner) => shown.has(learner));

/** What each registered of whom; undefined: no clause shows the asker anybody. */
const shownOf = async (
  gate: Gate,
  asker: OfficeAsker,
  findings: readonly DataQualityEntry[],
): Promise<ReadonlyMap<LearnerId, RecordShown> | undefined> => {
  const learners = [...new Set(findings.flatMap((finding) => finding.learners))];
  const shown = new Map<LearnerId, RecordShown>();
  for (let from = 0; from < learners.length; from += PAGE) {
    const page = learners.slice(from, from + PAGE);
    const asked = { asker, purposes: PURPOSES, list: 'data-quality', items: ITEMS, parameters: { from }, limit: PAGE };
    const answer = await gate.list({ ...asked, candidates: page.map((learner) => ({ learner })) });
    if (answer.outcome === 'not-permitted') return undefined;
    for (const row of answer.rows) {
      const record = recordOf(row);
      shown.set(page[row.candidate] ?? '', record).set(row.learner, record);
    }
  }
  return shown;
};

interface TieParts extends Parts {
  readonly registers: Registers;
  readonly cursors: PageCursors;
}

/** In districts of agencies as they are registered today. */
const coveredIn = ({ registers, clock }: Pick<TieParts, 'registers' | 'clock'>): ((agency: AgencySlug, outward: string) => boolean) => {
  const register = registers.inForce(londonDate(clock.now()));
  const outwards = new Map<AgencySlug, ReadonlySet<string>>();
  return (agency, outward) => {
    const known = outwards.get(agency) ?? new Set(register.partner(agency)?.districts.flatMap((one) => districtOf(one)?.outward ?? []));
    outwards.set(agency, known);
    return known.has(outward);
  };
};

/** Behind which claim to go on, of each kind of which there may be more. */
type TiePlaces = Partial<Record<TieKind, number>>;

interface TiesPage {
  readonly findings: readonly QueueFinding[];
  readonly next?: TiePlaces;
}

/** Of each kind a page; undefined: it is none of the asker's affair. */
const tiesPage = async (parts: TieParts, asker: OfficeAsker, places: TiePlaces): Promise<TiesPage | undefined> => {
  const [now, covers] = [parts.clock.now(), coveredIn(parts)];
  const findings: QueueFinding[] = [];
  const next: TiePlaces = {};
  for (const kind of TIE_KINDS) {
    const after = places[kind];
    if (after === undefined) continue;
    const page = await unconfirmedTies(parts, asker, { kind, after, now, covers });
    if (page === undefined) return undefined;
    findings.push(...page.findings);
    if (page.next !== undefined) next[kind] = page.next;
  }
  return { findings, ...(Object.keys(next).length > 0 && { next }) };
};

/** Of which question a cursor is: of ties of one kind, or of all that there is. */
const questionOf = ({ asker, kind, state }: FindingsAsked) => ({ agency: recordedAs(asker), asked: kind ?? `matches ${state ?? ''}` });

/** Where the page of ties that is asked for begins; undefined: the cursor is of another question. */
const placesIn = async ({ cursors }: TieParts, asked: FindingsAsked): Promise<TiePlaces | undefined> => {
  const { kind, cursor } = asked;
  if (cursor === undefined) return Object.fromEntries(TIE_KINDS.flatMap((one) => ((kind ?? one) === one ? [[one, 0]] : [])));
  const text = await cursors.listPlaceOf(questionOf(asked), cursor);
  return text === undefined ? undefined : placesAs(text);
};

/** Undefined of a cursor from when pages were of one kind alone, which has a number. */
const placesAs = (text: string): TiePlaces | undefined => {
  const places = JSON.parse(text) as TiePlaces | number;
  return typeof places === 'object' ? places : undefined;
};

const QUEUE = Symbol('Queue');

const queueParts: FactoryProvider<TieParts> = {
  provide: QUEUE,
  inject: [VIEWS, Gate, CLOCK, Registers, PageCursors],
  useFactory: (...[views, gate, clock, registers, cursors]: readonly [ViewReader, Gate, Clock, Registers, PageCursors]) => ({
    ...{ views, gate, clock, registers, cursors },
  }),
};

/** The view proposes findings, the gate decides of each learner in them: a finding is told where all of its learners are shown. */
const queuedFindings = async ({ views, gate, clock }: Parts, { asker, state, kind }: FindingsAsked): Promise<FindingsShown> => {
  const now = clock.now();
  const { rows } = await listDataQuality(views, { limit: LIMIT });
  const chosen = rows.filter((finding) => isInState(finding, state) && (kind ?? finding.kind) === finding.kind);
  const records = await shownOf(gate, asker, chosen);
  if (records === undefined) return { outcome: 'not-permitted' };
  const shown = chosen.filter((finding) => isShown(finding, records));
  const decided = state === undefined || state === 'open' ? undefined : await opened(gate, shown);
  const told = (finding: DataQualityEntry): QueueFinding => ({
    ...shownAs(finding, { among: rows, records, now }),
    ...(decided && decisionsOf(finding, decided)),
  });
  return { outcome: 'answered', findings: shown.map(told).sort(queueOrder) };
};

const isInState = ({ state }: DataQualityEntry, asked: MatchStateAsked | undefined): boolean =>
  asked === undefined || asked === state || (asked === 'decided' && state !== 'open');

/** Of findings about learners all of whom the asker was shown. */
const opened = async (gate: Gate, shown: readonly DataQualityEntry[]): Promise<ReadonlyMap<Position, MatchDecision>> => {
  const positions = new Set(shown.flatMap(({ decisions }) => decisions));
  return new Map((await gate.matchDecisions([...positions])).map((one) => [one.position, one]));
};

/** Ties wait and are never decided here: each is open. */
const isWithTies = ({ state = 'open', kind }: FindingsAsked): boolean => state === 'open' && (kind === undefined || isTieKind(kind));

const NONE = { outcome: 'answered', findings: [] } as const;

/** Beside the first page of ties stands all else. */
const withTies = async (parts: TieParts, asked: FindingsAsked): Promise<FindingsShown> => {
  const places = await placesIn(parts, asked);
  if (places === undefined) return { outcome: 'cursor-unknown' };
  const queued = (asked.cursor ?? asked.kind) ? NONE : await queuedFindings(parts, asked);
  return queued.outcome === 'answered' ? amongTies(parts, asked, { places, queued: queued.findings }) : queued;
};

interface AmongTies {
  readonly places: TiePlaces;
  readonly queued: readonly QueueFinding[];
}

const amongTies = async (parts: TieParts, asked: FindingsAsked, { places, queued }: AmongTies): Promise<FindingsShown> => {
  const ties = await tiesPage(parts, asked.asker, places);
  if (ties === undefined) return { outcome: 'not-permitted' };
  const next = ties.next && (await parts.cursors.ofList(questionOf(asked), JSON.stringify(ties.next)));
  return { outcome: 'answered', findings: [...queued, ...ties.findings].sort(queueOrder), ...(next !== undefined && { next }) };
};

const findings = async (parts: TieParts, asked: FindingsAsked): Promise<FindingsShown> => {
  if (isWithTies(asked)) return withTies(parts, asked);
  return asked.cursor === undefined ? queuedFindings(parts, asked) : { outcome: 'cursor-unknown' };
};

export const queueHandlers = [queueParts, handling(AskForDataQuality, QUEUE, findings)];

@QueryHandler(AskForMatch)
export class AskForMatchHandler implements IQueryHandler<AskForMatch> {
  readonly #parts: Parts;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate, @Inject(CLOCK) clock: Clock) {
    this.#parts = { views, gate, clock };
  }

  async execute({ details: { asker, match } }: AskForMatch): ReturnType<MatchAsked> {
    const { views, gate, clock } = this.#parts;
    const now = clock.now();
    const { rows } = await listDataQuality(views, { limit: LIMIT });
    const named = rows.filter((one) => one.match === match);
    const entry = named.find(({ state }) => state === 'open') ?? named[0];
    const tie = entry ? undefined : await unconfirmedTie(this.#parts, asker, match, now);
    const candidates = learnersIn(entry ?? tie).map((learner) => ({ learner }));
    const asked = { asker, purposes: PURPOSES, list: 'match', items: { ...ITEMS, beside: BESIDE }, parameters: { match }, limit: PAGE };
    const answer = await gate.list({ ...asked, candidates });
    if (answer.outcome === 'not-permitted') return { outcome: 'not-permitted' };
    const records = answer.rows.map(recordOf);
    // Whoever rests in another's record by now is shown by that.
    const proposed = answer.rows.flatMap((row) => candidates[row.candidate]?.learner ?? []);
    const byLearner = new Map(records.flatMap((record, place) => [record.learner, proposed[place] ?? ''].map((id) => [id, record])));
    const finding = entry ? await withDecisions(gate, entry, { among: rows, records: byLearner, now }) : tie;
    const numbers = await numbersIn(gate, finding, records);
    const told = { records, conflicts: conflictsOf(match, rows), numbers, position: answer.position };
    return finding && records.length > 0 ? shown(finding, told) : undefined;
  }
}

const withDecisions = async (gate: Gate, entry: DataQualityEntry, beside: Parameters<typeof shownAs>[1]): Promise<QueueFinding> => ({
  ...shownAs(entry, beside),
  ...decisionsOf(entry, await opened(gate, isShown(entry, beside.records) ? [entry] : [])),
});

/** Of records that stand each by itself. */
const numbersIn = (gate: Gate, finding: QueueFinding | undefined, records: readonly RecordShown[]): Promise<MatchShown['numbers']> =>
  gate.matchNumbers(records.length === learnersIn(finding).length ? records.map(sourcesIn) : []);

const learnersIn = (finding: Pick<QueueFinding, 'learners'> | undefined): readonly LearnerId[] => finding?.learners ?? [];

const shown = (finding: QueueFinding, told: Omit<MatchShown, 'outcome' | 'finding' | keyof Comparison>): MatchShown => ({
  ...{ outcome: 'answered', finding, ...told },
  ...comparedIn(told.records),
});

type MatchAsked = (asked: AskForMatch) => Promise<MatchShown | { readonly outcome: 'not-permitted' } | undefined>;
