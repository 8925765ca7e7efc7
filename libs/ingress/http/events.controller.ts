// POST /v1/events: one signed message in, a receipt for each event out, once all are durable.
import { Controller, Headers, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { redactedFor } from '#admission';
import { UseCases } from '#bus/nest';
import { AnybodyGuard, originOf, prefers, type Sender, SenderIfAny } from '#http';
import { AdmitMessage, wrongContentType } from '../intake.ts';
import { ReceiptSigner } from '../receipt-signer.ts';

/** The signature says whose events they are; who reads the receipts, or for which learner a page speaks, a token alone. */
@Controller('v1/events')
@UseGuards(AnybodyGuard)
export class EventsController {
  readonly #useCases: UseCases;
  readonly #signer: ReceiptSigner;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(ReceiptSigner) signer: ReceiptSigner) {
    this.#useCases = useCases;
    this.#signer = signer;
  }

  @Post()
  @HttpCode(200)
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @SenderIfAny() { caller, learner }: Sender,
    @Headers('accept') accept = '',
  ): Promise<unknown> {
    if (!Buffer.isBuffer(request.body)) throw wrongContentType();
    const message = { raw: request.body, channel: 'http', reader: caller?.agency, signedIn: learner, sender: originOf(request) };
    const all = await this.#useCases.run(new AdmitMessage(message), 'http');
    const receipts = all.map((receipt) => redactedFor(caller?.agency, receipt));
    if (!prefers(accept, 'application/jose', 'application/json')) return { receipts };
    void reply.header('content-type', 'application/jose');
    return this.#signer.sign(receipts);
  }
}
