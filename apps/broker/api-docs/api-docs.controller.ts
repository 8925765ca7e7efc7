// GET /openapi.json and /asyncapi.json.
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { shippedCatalogue } from '#catalogue';
import { Registers } from '#disclosure';
import { CLOCK } from '#egress';
import { type Clock, londonDate } from '#kernel';
import { asyncApiDocument } from './asyncapi-document.ts';
import { openApiDocument } from './document.ts';

/** What names of Kafka topics begin with. */
export const TOPIC_PREFIX = Symbol('topic prefix');

@Controller()
export class ApiDocsController {
  readonly #registers: Registers;
  readonly #clock: Clock;
  readonly #asyncApi: string;
  #written: { readonly purposes: ReadonlySet<string>; readonly text: string } | undefined;

  constructor(@Inject(Registers) registers: Registers, @Inject(CLOCK) clock: Clock, @Inject(TOPIC_PREFIX) topicPrefix: string) {
    this.#registers = registers;
    this.#clock = clock;
    this.#asyncApi = JSON.stringify(asyncApiDocument({ catalogue: shippedCatalogue(), topicPrefix }));
  }

  @Get('openapi.json')
  openApi(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-type', 'application/json; charset=utf-8');
    return this.#text(this.#registers.inForce(londonDate(this.#clock.now())).askable);
  }

  @Get('asyncapi.json')
  asyncApi(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-type', 'application/json; charset=utf-8');
    return this.#asyncApi;
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
