import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Receipt } from '#admission';
import { Intake, type ReceivedFrom } from './intake.ts';

/** One signed message as it came over a channel. */
export class AdmitMessage {
  readonly raw: Uint8Array;
  readonly channel: string;
  readonly from: ReceivedFrom;

  constructor(raw: Uint8Array, channel: string, from: ReceivedFrom = {}) {
    this.raw = raw;
    this.channel = channel;
    this.from = from;
  }
}

@CommandHandler(AdmitMessage)
export class AdmitMessageHandler implements ICommandHandler<AdmitMessage, readonly Receipt[]> {
  readonly #intake: Intake;

  constructor(@Inject(Intake) intake: Intake) {
    this.#intake = intake;
  }

  async execute({ raw, channel, from }: AdmitMessage): Promise<readonly Receipt[]> {
    return this.#intake.receive(raw, channel, from);
  }
}
