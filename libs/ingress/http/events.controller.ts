// POST /v1/events: one signed message in, a receipt for each event out, once all are durable.
import { Controller, Headers, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { type Receipt, toldTo } from '#admission';
import { AnybodyGuard, CallerIfAny, originOf, prefers } from '#http';
import { AdmitMessage } from '../ingress.handlers.ts';
import { ReceiptSigner } from '../receipt-signer.ts';
import { wrongContentType } from '../message-content-type.ts';

/** The signature says whose events they are; who reads the receipts, a token alone. */
@Controller('v1/events')
@UseGuards(AnybodyGuard)
export class EventsController {
  readonly #commands: CommandBus;
  readonly #signer: ReceiptSigner;

  constructor(@Inject(CommandBus) commands: CommandBus, @Inject(ReceiptSigner) signer: ReceiptSigner) {
    this.#commands = commands;
    this.#signer = signer;
  }

  @Post()
  @HttpCode(200)
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CallerIfAny() caller?: Caller,
    @Headers('accept') accept = '',
  ): Promise<unknown> {
    if (!Buffer.isBuffer(request.body)) throw wrongContentType();
    const all = await this.#commands.execute<AdmitMessage, readonly Receipt[]>(
      new AdmitMessage(request.body, 'http', { reader: caller?.agency, sender: originOf(request) }),
    );
    const receipts = all.map((receipt) => toldTo(caller?.agency, receipt));
    if (!prefers(accept, 'application/jose', 'application/json')) return { receipts };
    void reply.header('content-type', 'application/jose');
    return this.#signer.sign(receipts);
  }
}
