// The stylesheets. Their names change with their content.
import { Controller, Get, Headers, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Stylesheet } from './stylesheets.ts';

export const STYLESHEETS = Symbol('Stylesheets');

@Controller('assets')
export class AssetsController {
  readonly #byPath: ReadonlyMap<string, Stylesheet>;

  constructor(@Inject(STYLESHEETS) sheets: Readonly<Record<string, Stylesheet>>) {
    this.#byPath = new Map(Object.values(sheets).map((sheet) => [sheet.path, sheet]));
  }

  @Get(':name')
  style(@Param('name') name: string, @Headers('accept-encoding') codings: string | undefined, @Res() reply: FastifyReply): void {
    const sheet = this.#byPath.get(`/assets/${name}`);
    if (sheet === undefined) throw new NotFoundException();
    void reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' }).type('text/css; charset=utf-8');
    if (/\bgzip\b/.test(codings ?? '')) void reply.header('content-encoding', 'gzip').send(sheet.gzipped);
    else void reply.send(sheet.text);
  }
}
