// A whole list as CSV leaves page by page: whoever reads slowly holds up what is decided, and what has left is not kept (views.md, V7).
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { everyList, type Listing } from '#read-models';
import type { ListPage } from '../lists.handlers.ts';
import { csvOf } from './list-request.ts';

const list = everyList.find(({ name }) => name === 'offices') as Listing;
const ROWS = 100;
const TURNS = 20;

/** So many pages, each of rows of its own, and which of them anybody still holds. */
class Pages {
  readonly #many: number;
  readonly #made: WeakRef<ListPage>[] = [];

  constructor(many: number) {
    this.#many = many;
  }

  get asked(): number {
    return this.#made.length;
  }

  get held(): number {
    return this.#made.filter((page) => page.deref() !== undefined).length;
  }

  readonly next = (): Promise<ListPage> => {
    const number = this.#made.length + 1;
    const rows = Array.from({ length: ROWS }, (_, row) => ({
      learner: `psn:${number}-${row}`,
      row: { familyName: `Khan-${row}` },
      via: [],
    }));
    const more = number < this.#many ? { next: String(number) } : {};
    const page: ListPage = { outcome: 'answered', rows, position: number, viewPosition: number, ...more };
    this.#made.push(new WeakRef(page));
    return Promise.resolve(page);
  };
}

const exported = async (pages: Pages): Promise<Readable> => Readable.from(csvOf(list, await pages.next(), pages.next));

const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

describe('an export', () => {
  it('asks for no page long before it is read', async () => {
    const pages = new Pages(500);
    const leaving = (await exported(pages))[Symbol.asyncIterator]();
    for (let read = 0; read < 10; read++) await leaving.next();
    for (let n = 0; n < TURNS; n++) await turn();
    expect(pages.asked).toBeLessThanOrEqual(12);
    await leaving.return?.();
  });

  it('holds as much of 50,000 rows as of 5,000', async () => {
    const collect = collector();
    const pages = new Pages(500);
    let lines = 0;
    const held: number[] = [];
    for await (const chunk of await exported(pages)) {
      lines += String(chunk).split('\r\n').length - 1;
      if (lines !== 5001 && lines !== 50_001) continue;
      await turn();
      collect();
      held.push(pages.held);
    }
    expect([lines, pages.asked, held.length]).toEqual([50_001, 500, 2]);
    expect(Math.max(...held)).toBeLessThanOrEqual(3);
  });

  it('breaks off where there are more rows than one may hold', async () => {
    const rows = Array.from({ length: 50_001 }, () => ({ row: {}, via: [] }));
    const page: ListPage = { outcome: 'answered', rows, position: 1, viewPosition: 1 };
    const lines = Readable.from(csvOf(list, page, () => Promise.reject(new Error('There is no further page.'))));
    await expect(lines.toArray()).rejects.toThrow('An export holds at most 50000 rows');
  });
});
