// `Concordat-Min-Position` on every route by which something is asked, once for all of them (contracts.md, HTTP; ADR 70).
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Problem } from '#http';
import type { Position } from '#kernel';
import { HEAD, type Head } from '../egress.tokens.ts';
import { asFarAs, ViewBehind } from '../fresh-views.ts';

const HEADER = 'concordat-min-position';

/** It comes behind the guards, so that who may not ask is told that first. */
@Injectable()
export class MinPositionInterceptor implements NestInterceptor {
  readonly #head: Head;

  constructor(@Inject(HEAD) head: Head) {
    this.#head = head;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const given = context.switchToHttp().getRequest<FastifyRequest>().headers[HEADER];
    if (given === undefined) return next.handle();
    const position = positionIn(String(given));
    if (position > (await this.#head())) throw new ViewBehind();
    return asFarAs(position, () => next.handle());
  }
}

/** Throws `Problem`: 400. */
const positionIn = (header: string): Position => {
  if (/^\d{1,15}$/.test(header)) return Number(header);
  throw new Problem(400, 'position-malformed', 'Concordat-Min-Position takes a position as receipts give it: decimal digits.');
};
