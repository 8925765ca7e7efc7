import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Receipt } from '#admission';
import type { AgencySlug } from '#kernel';
import { Intake } from './intake.ts';

/** One signed message as it came over a channel. */
export class AdmitMessage {
  readonly raw: Uint8Array;
  readonly channel: string;
  /** The agency that the receipts go to, where its token came along. */
  readonly reader: AgencySlug | undefined;

  constructor(raw: Uint8Array, channel: string, reader?: AgencySlug) {
    this.raw = raw;
    this.channel = channel;
    this.reader = reader;
  }
}

@CommandHandler(AdmitMessage)
export class AdmitMessageHandler implements ICommandHandler<AdmitMessage, readonly Receipt[]> {
  readonly #intake: Intake;

  constructor(@Inject(Intake) intake: Intake) {
    this.#intake = intake;
  }

  async execute({ raw, channel, reader }: AdmitMessage): Promise<readonly Receipt[]> {
    return this.#intake.receive(raw, channel, reader);
  }
}
