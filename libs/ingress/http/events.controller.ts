// POST /v1/events: one signed message in, a receipt for each event out, once all are durable.
import { Controller, Headers, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Receipt } from '#admission';
import { AdmitMessage } from '../ingress.handlers.ts';
import { ReceiptSigner } from '../receipt-signer.ts';
import { wrongContentType } from '../message-content-type.ts';

@Controller('v1/events')
export class EventsController {
  readonly #commands: CommandBus;
  readonly #signer: ReceiptSigner;

  constructor(@Inject(CommandBus) commands: CommandBus, @Inject(ReceiptSigner) signer: ReceiptSigner) {
    this.#commands = commands;
    this.#signer = signer;
  }

  @Post()
  @HttpCode(200)
  async receive(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Headers('accept') accept?: string): Promise<unknown> {
    if (!Buffer.isBuffer(request.body)) throw wrongContentType();
    const receipts = await this.#commands.execute<AdmitMessage, readonly Receipt[]>(new AdmitMessage(request.body, 'http'));
    if (!(accept ?? '').includes('application/jose')) return { receipts };
    void reply.header('content-type', 'application/jose');
    return this.#signer.sign(receipts);
  }
}
