// Records of an XML file, without reading it whole: elements of the names asked for, each with what the records around it say.
import { SaxesParser } from 'saxes';
import type { FileRow } from './rows.ts';
import { Complaint } from '../complaint.ts';

interface Open {
  readonly name: string;
  readonly cells: Map<string, string>;
  text: string;
  /** Whether it has elements of its own: then its text says nothing. */
  parted: boolean;
  /** Records within it, to follow it. */
  readonly within: FileRow[];
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

class RecordReader {
  readonly #records: ReadonlySet<string>;
  readonly #open: Open[] = [];
  readonly #found: FileRow[] = [];
  /** What was said outside of all records, such as the day on which the file was made. */
  readonly #beside = new Map<string, string>();
  #number = 0;

  constructor(records: readonly string[]) {
    this.#records = new Set(records);
  }

  begin(name: string): void {
    const around = this.#open.at(-1);
    if (around) around.parted = true;
    this.#open.push({ name, cells: new Map(), text: '', parted: false, within: [] });
  }

  say(text: string): void {
    const last = this.#open.at(-1);
    if (last && !last.parted) last.text += text;
  }

  end(): void {
    const ended = this.#open.pop();
    if (!ended) return;
    if (this.#records.has(ended.name)) this.#record(ended);
    else if (!ended.parted) this.#cellsHere().set(ended.name, ended.text.trim());
    else this.#pass(ended.within);
  }

  taken(): readonly FileRow[] {
    return this.#found.splice(0);
  }

  /** Of the record that is open, or beside all of them. */
  #cellsHere(): Map<string, string> {
    return this.#open.findLast(({ name }) => this.#records.has(name))?.cells ?? this.#beside;
  }

  #record({ name, cells, within }: Open): void {
    const around = this.#open.filter((one) => this.#records.has(one.name)).flatMap((one) => [...one.cells]);
    const row = { number: ++this.#number, record: name, cells: new Map([...this.#beside, ...around, ...cells]) };
    this.#pass([row, ...within]);
  }

  #pass(rows: readonly FileRow[]): void {
    const around = this.#open.at(-1);
    if (around && this.#open.some(({ name }) => this.#records.has(name))) around.within.push(...rows);
    else this.#found.push(...rows);
  }
}

/** A record comes before those within it. Prefixes of names are left out. Throws `Complaint`: not well-formed, or with a DOCTYPE. */
export async function* xmlRows(text: AsyncIterable<string>, records: readonly string[]): AsyncGenerator<FileRow> {
  const reader = new RecordReader(records);
  const parser = new SaxesParser();
  const faults: Complaint[] = [];
  parser.on('opentag', ({ name }) => reader.begin(localName(name)));
  parser.on('text', (said) => reader.say(said));
  parser.on('cdata', (said) => reader.say(said));
  parser.on('closetag', () => reader.end());
  // Entities of its own are the way to make a small file large.
  parser.on('doctype', () => faults.push(new Complaint('The file has a DOCTYPE: export it without.')));
  parser.on('error', () => faults.push(new Complaint(`Line ${parser.line} is not well-formed XML.`)));
  for await (const piece of text) {
    parser.write(piece);
    if (faults[0]) throw faults[0];
    yield* reader.taken();
  }
  parser.close();
  if (faults[0]) throw faults[0];
  yield* reader.taken();
}
