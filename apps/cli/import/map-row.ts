// A row of a file as events, or what is wrong with it. Ids and times follow from the file alone: the same file gives the same again.
import type { AgencyEvent } from '#client';
import { type Catalogue, checkUln, type EventType, fieldFaults } from '#catalogue';
import { addDays, type AgencySlug, err, type IsoDate, ok, type Result } from '#kernel';
import { type CellKind, hasLostZero, readCell } from './cells.ts';
import type { CellSource, ChosenSource, EventMapping, Mapping } from './mapping.ts';
import { fault, type Found, type RowFinding } from './finding.ts';
import { subjectOf } from './row-subject.ts';
import { cellIn, type FileRow } from './rows.ts';
import { fieldsOfType, type TypeField } from './type-fields.ts';

export interface MappedRow {
  readonly number: number;
  readonly events: readonly AgencyEvent[];
  /** Where there is one, nothing of the row is sent. */
  readonly faults: readonly RowFinding[];
  readonly warnings: readonly RowFinding[];
}

export interface MappingContext {
  readonly agency: AgencySlug;
  /** Of the file, SHA-256 in hexadecimal. */
  readonly digest: string;
  /** On which what has no day of its own, or lies ahead, was told. */
  readonly toldOn?: IsoDate;
  readonly today: IsoDate;
  readonly catalogue: Catalogue;
}

type Data = Readonly<Record<string, unknown>>;

/** Digits of the digest that tell files apart in ids of events. */
const DIGITS = 16;
/** Nothing older is told (contracts.md, Envelope). */
const SINCE = '2000-01-01';

const REGISTERED = 'uk.concordat.learner.registered.v1';
const LONG_VALIDITY_DAYS = 731;
const ZERO_LOST: RowFinding = {
  code: 'zero-lost',
  field: 'contact',
  says: 'A telephone number seems to have lost its first 0: format the column as text.',
};
const ULN_MISSING: RowFinding = {
  code: 'uln-missing',
  field: 'uln',
  says: 'Without a ULN nobody else can tell who this is: give it as soon as it is known.',
};
const LONG_VALIDITY: RowFinding = { code: 'long-validity', field: 'validUntil', says: 'It counts for more than two years: is that meant?' };

export class RowMapper {
  readonly #mapping: Mapping;
  readonly #context: MappingContext;
  readonly #fields = new Map<EventMapping, ReadonlyMap<string, TypeField>>();

  constructor(mapping: Mapping, context: MappingContext) {
    this.#mapping = mapping;
    this.#context = context;
    for (const event of mapping.events) this.#fields.set(event, fieldsOfType(context.catalogue.byShort(event.type)));
  }

  map(row: FileRow): MappedRow {
    const events: AgencyEvent[] = [];
    const faults: RowFinding[] = [];
    this.#mapping.events.forEach((mapping, place) => {
      if (mapping.record !== row.record || !holds(row, mapping)) return;
      const event = this.#eventOf(row, mapping, place);
      if (event.ok) events.push(event.value);
      else faults.push(event.error);
    });
    return { number: row.number, events, faults, warnings: events.flatMap((event) => this.#warningsOf(event)) };
  }

  #eventOf(row: FileRow, mapping: EventMapping, place: number): Found<AgencyEvent> {
    const { agency, digest, catalogue } = this.#context;
    const type = catalogue.byShort(mapping.type);
    const data = this.#dataOf(row, mapping);
    if (!data.ok) return data;
    const subject = subjectOf(row, mapping, type);
    if (!subject.ok) return subject;
    const time = this.#timeOf(row, mapping, type, data.value);
    if (!time.ok) return time;
    const checked = this.#check(type, data.value, time.value.slice(0, 10));
    if (!checked.ok) return checked;
    return ok({
      specversion: '1.0',
      id: `import-${digest.slice(0, DIGITS)}-${row.number}-${place}`,
      source: `urn:concordat:agency:${agency}`,
      type: type.name,
      ...(subject.value === undefined ? {} : { subject: subject.value }),
      time: time.value,
      datacontenttype: 'application/json',
      data: data.value,
    });
  }

  #dataOf({ cells }: FileRow, mapping: EventMapping): Found<Record<string, unknown>> {
    const data: Record<string, unknown> = {};
    for (const [name, source] of Object.entries(mapping.data)) {
      const field = this.#fields.get(mapping)?.get(name);
      const cell = cellOf(cells, source);
      if (!cell.ok) return fault('cell', name, cell.error);
      const placed = field && cell.value !== '' ? place(data, field, cell.value) : undefined;
      if (placed !== undefined) return fault('cell', name, placed);
    }
    return ok(data);
  }

  /** The day itself where it is over; else the day on which it was told, which the file or whoever imports it has to say. */
  #timeOf({ cells }: FileRow, { told }: EventMapping, { on, short }: EventType, data: Data): Found<string> {
    const cell = cellIn(cells, told);
    const read = cell === '' ? ok(undefined) : readCell('date', cell);
    if (!read.ok) return fault('cell', told ?? 'time', read.error);
    const own = on === undefined ? undefined : data[on];
    const day = (read.value as IsoDate | undefined) ?? this.#ifOver(own) ?? this.#context.toldOn;
    return day === undefined
      ? fault('time', 'time', `${short} has no day of its own that is over: give --told with the day on which the file was made.`)
      : ok(`${day}T00:00:00Z`);
  }

  #ifOver(day: unknown): IsoDate | undefined {
    return typeof day === 'string' && day <= this.#context.today && day >= SINCE ? day : undefined;
  }

  #check(type: EventType, data: Data, toldOn: IsoDate): Found<void> {
    const { today } = this.#context;
    const [malformed] = type.validate(data);
    const [found] = malformed ? [malformed] : fieldFaults(type.short, data, { today, toldOn });
    if (found) return fault('schema', found.pointer.slice(1).replaceAll('/', '_'), found.says);
    const uln = data['uln'];
    return typeof uln === 'string' && !checkUln(uln)
      ? fault('invalid-uln', 'uln', 'This is no valid ULN: its check digit is wrong.')
      : ok(undefined);
  }

  /** Of what the broker takes, and somebody should look at. */
  #warningsOf({ type, data }: AgencyEvent): readonly RowFinding[] {
    const { contact, uln, assessedOn, validUntil } = data as Readonly<Record<string, string | undefined>>;
    const isLong = assessedOn !== undefined && validUntil !== undefined && validUntil > addDays(assessedOn, LONG_VALIDITY_DAYS);
    return [
      ...(contact !== undefined && hasLostZero(contact) ? [ZERO_LOST] : []),
      ...(type === REGISTERED && uln === undefined ? [ULN_MISSING] : []),
      ...(isLong ? [LONG_VALIDITY] : []),
    ];
  }
}

const holds = ({ cells }: FileRow, { when = {}, needs = [] }: EventMapping): boolean =>
  Object.entries(when).every(([column, values]) => values.includes(cellIn(cells, column))) &&
  needs.every((column) => cellIn(cells, column) !== '');

const UNKNOWN_CODE = 'this code is not one that the mapping knows: add it to a mapping of your own and give it with --mapping';

/** What fills the field, empty where nothing does. */
const cellOf = (cells: FileRow['cells'], source: CellSource): Result<string, string> => {
  if (typeof source === 'string') return ok(cellIn(cells, source));
  return 'always' in source ? ok(source.always) : chosenCell(cells, source);
};

const chosenCell = (cells: FileRow['cells'], { column, codes, otherwise = '', none = [] }: ChosenSource): Result<string, string> => {
  const parts = [column].flat().map((name) => cellIn(cells, name));
  if (parts.includes('')) return ok(otherwise);
  const cell = parts.join('-');
  if (none.includes(cell)) return ok('');
  return codes === undefined ? ok(cell) : coded(codes[cell] ?? otherwise);
};

const coded = (code: string): Result<string, string> => (code === '' ? err(UNKNOWN_CODE) : ok(code));

/** Undefined where it is placed; else what is wrong. */
const place = (data: Record<string, unknown>, { path, kind, list }: TypeField, cell: string): string | undefined => {
  const read = readCells(kind, list === undefined ? [cell] : cell.split(';').map((one) => one.trim()));
  if (!read.ok) return read.error;
  if (list === 'records') return placeRecords(data, path, read.value);
  placeAt(data, path, list === 'values' ? read.value.filter((value) => value !== undefined) : read.value[0]);
  return undefined;
};

/** Undefined for each that is empty. */
const readCells = (kind: CellKind, cells: readonly string[]): Result<readonly unknown[], string> => {
  const values: unknown[] = [];
  for (const cell of cells) {
    const read = cell === '' ? ok(undefined) : readCell(kind, cell);
    if (!read.ok) return read;
    values.push(read.value);
  }
  return ok(values);
};

const placeAt = (data: Record<string, unknown>, path: readonly string[], value: unknown): void => {
  const [name = '', ...rest] = path;
  if (rest.length === 0) data[name] = value;
  else placeAt((data[name] ??= {}) as Record<string, unknown>, rest, value);
};

const placeRecords = (
  data: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  values: readonly unknown[],
): string | undefined => {
  const records = (data[name] ??= values.map(() => ({}))) as Record<string, unknown>[];
  if (records.length !== values.length) return 'columns of one list have as many parts each, joined by ;';
  values.forEach((value, at) => value !== undefined && placeAt(records[at] ?? {}, rest, value));
  return undefined;
};
