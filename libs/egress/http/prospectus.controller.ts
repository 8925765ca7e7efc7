// What there is to choose from, for everybody and every website: no token is asked for (views.md, part 8).
import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UseCases } from '#bus/nest';
import { prefers } from '#http';
import { csvHead, csvRow, prospectus } from '#read-models';
import { AskForProspectus, type ProspectusShown } from '../prospectus.handlers.ts';
import { chosenOf, type Search } from './list-request.ts';
import { atomOf } from './prospectus-feed.ts';

const CSV = 'text/csv';
const ATOM = 'application/atom+xml';
/** For which caches may keep it. */
const KEPT_SECONDS = 60;
const OPEN = { 'cache-control': `public, max-age=${KEPT_SECONDS}`, 'access-control-allow-origin': '*', vary: 'accept' } as const;

@Controller('v1/prospectus')
export class ProspectusController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Get()
  async rows(
    @Query() search: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const shown = await this.#ask(search, reply);
    if (!prefers(accept ?? '', CSV, 'application/json')) return bodyOf(shown);
    const name = `${prospectus.name}-${shown.on}-${shown.position}.csv`;
    void reply.headers({ 'content-type': `${CSV}; charset=utf-8`, 'content-disposition': `attachment; filename="${name}"` });
    return csvOf(shown);
  }

  @Get('feed')
  async feed(@Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const shown = await this.#ask(search, reply);
    void reply.header('content-type', `${ATOM}; charset=utf-8`);
    return atomOf(shown);
  }

  async #ask(search: Search, reply: FastifyReply): Promise<ProspectusShown> {
    const shown = await this.#useCases.run(new AskForProspectus({ chosen: chosenOf(prospectus, search, []) }), 'http');
    void reply.headers({ ...OPEN, 'concordat-position': String(shown.position) });
    return shown;
  }
}

const bodyOf = ({ on, rows, position }: ProspectusShown): unknown => ({
  view: prospectus.name,
  on,
  position: String(position),
  rows: rows.map(({ row }) => row),
});

const csvOf = ({ rows }: ProspectusShown): string =>
  [csvHead(prospectus), ...rows.map(({ row, via }) => csvRow(prospectus, { row, clauses: via.map(({ clause }) => clause) }))].join('');
