// A file of today's MIS into the broker, row by row: read as it is sent, so that its size does not matter.
import type { AgencyEvent, Receipt } from '#client';
import { csvRows } from './csv-rows.ts';
import { surveyOf, textOf } from './file-survey.ts';
import type { RowFinding } from './finding.ts';
import { type MappedRow, type MappingContext, RowMapper } from './map-row.ts';
import { COMMON_COLUMNS, type CellSource, type Mapping } from './mapping.ts';
import type { FileRow } from './rows.ts';
import { xmlRows } from './xml-rows.ts';
import { Complaint } from '../complaint.ts';

export type RowOutcome = Receipt['outcome'] | 'would-be-sent' | 'nothing';

export interface RowReport {
  readonly row: number;
  /** The worst of its events; `rejected` too where it was not sent. `nothing`: the mapping makes no event of it. */
  readonly outcome: RowOutcome;
  /** Why, or what to look at. */
  readonly findings: readonly RowFinding[];
}

export interface ImportPlan extends Omit<MappingContext, 'digest'> {
  readonly file: string;
  readonly mapping: Mapping;
  /** Absent: nothing is sent, all is checked as far as the file alone tells. */
  readonly send?: (events: readonly AgencyEvent[]) => Promise<readonly Receipt[]>;
  /** Parts of the file that were read, in bytes of so many. */
  readonly progress?: (done: number, of: number) => void;
}

/** Rows that are sent together. */
const TOGETHER = 100;

/** Worst first. */
const OUTCOMES: readonly RowOutcome[] = ['rejected', 'conflict', 'accepted', 'already-captured', 'duplicate', 'would-be-sent', 'nothing'];

/**
 * A report for each row, in their order, as soon as its events are on the broker's disk. Whoever stops and begins again with the same file
 * is met with the first receipts. Throws `Complaint` where the file cannot be read on, and what `send` throws.
 */
export async function* importFile(plan: ImportPlan): AsyncGenerator<RowReport> {
  const { file, mapping, progress = () => undefined } = plan;
  const { digest, encoding, size } = await surveyOf(file);
  const mapper = new RowMapper(mapping, { ...plan, digest });
  let read = 0;
  const text = textOf(file, encoding, (bytes) => progress((read += bytes), size));
  let together: MappedRow[] = [];
  for await (const row of checkedRows(text, plan)) {
    together.push(mapper.map(row));
    if (together.length < TOGETHER) continue;
    yield* await reported(together, plan);
    together = [];
  }
  yield* await reported(together, plan);
}

/** Throws `Complaint` where the first shows that the file is not what the mapping is for, or there is none. */
async function* checkedRows(text: AsyncIterable<string>, { file, mapping }: ImportPlan): AsyncGenerator<FileRow> {
  const { form, records = [] } = mapping;
  let some = false;
  for await (const row of form === 'xml' ? xmlRows(text, records) : csvRows(text)) {
    if (!some) checkColumns(row, mapping);
    some = true;
    yield row;
  }
  if (!some) throw new Complaint(`${file} holds no record${form === 'xml' ? ` ${records.join(', ')}` : ''}.`);
}

const columnsIn = (source: CellSource): readonly string[] => {
  if (typeof source === 'string') return [source];
  return 'always' in source ? [] : [source.column].flat();
};

/** A column that nothing reads is most likely misspelt: what it says would be lost. */
const checkColumns = ({ cells }: FileRow, { form, events }: Mapping): void => {
  if (form === 'xml') return;
  const known = new Set([
    ...COMMON_COLUMNS,
    ...events.flatMap(({ data, when = {}, told, subject }) => [
      ...Object.values(data).flatMap(columnsIn),
      ...Object.keys(when),
      ...[told, subject.local, subject.uln].filter((name) => name !== undefined),
    ]),
  ]);
  const place = [...cells.keys()].findIndex((name) => !known.has(name));
  if (place >= 0)
    throw new Complaint(
      `Column ${place + 1} of the head has a name that is not known: name it as one of ${[...known].sort().join(', ')}, or leave it out.`,
    );
};

const reported = async (rows: readonly MappedRow[], { send }: ImportPlan): Promise<readonly RowReport[]> => {
  const sound = rows.filter(({ faults }) => faults.length === 0);
  const events = sound.flatMap((row) => row.events);
  const receipts = send && events.length > 0 ? await send(events) : [];
  let next = 0;
  return rows.map((row) => {
    if (row.faults.length > 0) return { row: row.number, outcome: 'rejected', findings: row.faults };
    const own = receipts.slice(next, (next += row.events.length));
    return { row: row.number, outcome: outcomeOf(row, own, send !== undefined), findings: [...own.flatMap(findingIn), ...row.warnings] };
  });
};

const outcomeOf = ({ events }: MappedRow, receipts: readonly Receipt[], isSent: boolean): RowOutcome => {
  if (events.length === 0) return 'nothing';
  if (!isSent) return 'would-be-sent';
  return OUTCOMES.find((outcome) => receipts.some((receipt) => receipt.outcome === outcome)) ?? 'rejected';
};

const findingIn = ({ outcome, problem }: Receipt): readonly RowFinding[] => {
  if (problem) return [{ code: problem.code, field: '', says: problem.detail }];
  return outcome === 'conflict' ? [{ code: 'conflict', field: '', says: 'Another content was sent under this id before.' }] : [];
};
