// GET /openapi.json.
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { shippedCatalogue } from '#catalogue';
import { Registers } from '#disclosure';
import { CLOCK } from '#egress';
import { type Clock, londonDate } from '#kernel';
import { openApiDocument } from './document.ts';

@Controller()
export class ApiDocsController {
  readonly #registers: Registers;
  readonly #clock: Clock;
  #written: { readonly purposes: ReadonlySet<string>; readonly text: string } | undefined;

  constructor(@Inject(Registers) registers: Registers, @Inject(CLOCK) clock: Clock) {
    this.#registers = registers;
    this.#clock = clock;
  }

  @Get('openapi.json')
  openApi(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-type', 'application/json; charset=utf-8');
    return this.#text(this.#registers.inForce(londonDate(this.#clock.now())).purposes);
  }

  /** Written anew when the protocols in force change only: the event types make it long. */
  #text(purposes: ReadonlySet<string>): string {
    if (this.#written?.purposes !== purposes) {
      const document = openApiDocument({ catalogue: shippedCatalogue(), purposes: [...purposes].sort() });
      this.#written = { purposes, text: JSON.stringify(document) };
    }
    return this.#written.text;
  }
}
