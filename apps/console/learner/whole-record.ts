// All that is held about a learner, as it comes from the broker page by page: nothing of it is gathered in memory first.
import type { Visit } from '../shell/visit.ts';
import type { OwnItem, OwnRecord, Seen } from './own-answers.ts';

/** As many as an answer holds at most. */
const MOST = 500;

interface Paged {
  readonly next?: string;
}

/** The pages of an answer; each is decided and recorded before it is here. */
export const pagesOf = async function* <Page extends Paged>(visit: Visit, path: string): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const page: Page = await visit.ask<Page>(path, { search: { limit: MOST, cursor } });
    yield page;
    cursor = page.next;
  } while (cursor !== undefined);
};

/** What is short enough to come at once. */
const SECTIONS = ['sharing', 'people', 'plan', 'questions', 'complaints', 'requests', 'voice'] as const;

const listed = async function* (lists: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const list of lists)
    for (const one of list) {
      yield `${before}${JSON.stringify(one)}`;
      before = ',\n';
    }
  yield before === '[\n' ? '[]' : '\n]';
};

const itemsIn = async function* (first: OwnRecord, more: AsyncIterable<OwnRecord>): AsyncGenerator<readonly OwnItem[]> {
  yield first.items;
  for await (const { items } of more) yield items;
};

const decisionsIn = async function* (pages: AsyncIterable<Seen>): AsyncGenerator<Seen['decisions']> {
  for await (const { decisions } of pages) yield decisions;
};

/** One JSON object; whoever gets it cut short cannot read it, so nobody takes a part for the whole. */
export const wholeRecordJson = async function* (visit: Visit, record: AsyncGenerator<OwnRecord>): AsyncGenerator<string> {
  const { value: first } = (await record.next()) as IteratorYieldResult<OwnRecord>;
  yield `{\n"madeAt": ${JSON.stringify(new Date().toISOString())},\n"kinds": ${JSON.stringify(first.kinds)},\n`;
  for (const section of SECTIONS) yield `${JSON.stringify(section)}: ${JSON.stringify(await visit.ask(`/v1/me/${section}`))},\n`;
  yield '"items": ';
  yield* listed(itemsIn(first, record));
  yield ',\n"seen": ';
  yield* listed(decisionsIn(pagesOf<Seen>(visit, '/v1/me/seen')));
  yield '\n}\n';
};
