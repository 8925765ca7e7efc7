// All that is held about a learner, to keep: as a file, and as one page to print. What leaves is decided and recorded by the broker first,
// page by page, so the learner finds it among the own looks (console.md, 4.4; UK GDPR Art 15 and 20).
import { Readable } from 'node:stream';
import { Controller, Get, Inject, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Agreements } from '../broker/agreements.ts';
import { Signatories } from '../shell/signatories.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { linesOf } from './item-lines.ts';
import { ownWording, sentencesFor, valueWordsFor, wordsFor } from './learner-page.ts';
import type { OwnItem, OwnRecord } from './own-answers.ts';
import { pagesOf, wholeRecordJson } from './whole-record.ts';

/** Where the items go in the page, which is sent before they are here. */
const ITEMS = '<!-- items -->';

@Controller('me/record')
export class KeepingController {
  readonly #agreements: Agreements;
  readonly #signatories: Signatories;

  constructor(@Inject(Agreements) agreements: Agreements, @Inject(Signatories) signatories: Signatories) {
    this.#agreements = agreements;
    this.#signatories = signatories;
  }

  @Get('all.json')
  async file(@VisitOf() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const [first, rest] = await begun(pagesOf<OwnRecord>(visit, '/v1/me/record'));
    void reply.headers({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="your-record.json"',
    });
    return new StreamableFile(Readable.from(wholeRecordJson(visit, after(first, rest))));
  }

  @Get('all')
  async page(@VisitOf() visit: Visit): Promise<StreamableFile> {
    const [first, rest] = await begun(pagesOf<OwnRecord>(visit, '/v1/me/record'));
    const { person } = visit;
    const sentenceOf = await sentencesFor(visit, this.#agreements);
    const words = wordsFor({ person, ...ownWording(visit, this.#signatories.agencyOf(person)) }, sentenceOf);
    const values = valueWordsFor(visit, sentenceOf);
    const [head = '', foot = ''] = visit.page('learner/all.njk', { ...words, ...first }).split(ITEMS);
    const cards = (items: readonly OwnItem[]): string =>
      visit.page('learner/all-items.njk', { ...words, items: items.map((item) => ({ ...item, lines: linesOf(item.data, values) })) });
    const html = async function* (): AsyncGenerator<string> {
      yield head;
      for await (const { items } of after(first, rest)) yield cards(items);
      yield foot;
    };
    return new StreamableFile(Readable.from(html()));
  }
}

/** The first page is had before anything is sent: what hinders it is told as a page. */
const begun = async <Page>(pages: AsyncGenerator<Page>): Promise<readonly [Page, AsyncGenerator<Page>]> => [
  ((await pages.next()) as IteratorYieldResult<Page>).value,
  pages,
];

const after = async function* <Page>(first: Page, rest: AsyncGenerator<Page>): AsyncGenerator<Page> {
  yield first;
  yield* rest;
};
