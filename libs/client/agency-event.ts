// Learner events as an agency tells them: CloudEvents 1.0 in JSON (contracts.md, Envelope).
import { randomUUID } from 'node:crypto';
import type { CatalogueData, ShortType } from '#catalogue';
import type { AgencySlug } from '#kernel';
import { ClientError } from './client-error.ts';

/** A complete event, as it is signed. Attributes that the broker does not know are kept. */
export interface AgencyEvent {
  readonly specversion: '1.0';
  /** Names the message: the same id with the same content, sent again, is met with the first receipt. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** RFC 3339 with offset. */
  readonly time: string;
  readonly subject?: string;
  readonly datacontenttype?: string;
  readonly data: unknown;
  readonly [extension: string]: unknown;
}

/** What an agency has to say; the rest follows from who and when. */
export type EventToSend = {
  readonly [Type in ShortType]: {
    /** Short name, as `assessment.recorded`. */
    readonly type: Type;
    readonly data: CatalogueData[Type];
    /** `uln:<ten digits>` or `local:<the agency's own id>`; none for events about no learner. */
    readonly subject?: string;
    readonly id?: string;
    readonly time?: string;
  };
}[ShortType];

const VERSION = 1;

/** The event in full. An `id` of one's own makes sending it twice harmless. */
export const toEvent = (
  agency: AgencySlug,
  { type, data, subject, id = randomUUID(), time = new Date().toISOString() }: EventToSend,
): AgencyEvent => ({
  specversion: '1.0',
  id,
  source: `urn:concordat:agency:${agency}`,
  type: `uk.concordat.${type}.v${VERSION}`,
  ...(subject === undefined ? {} : { subject }),
  time,
  datacontenttype: 'application/json',
  data,
});

const MAX_BATCH = 500;
/** Of the JSON of a batch: base64url makes a third more of it, and a message has at most 1 MiB. */
const MAX_BATCH_BYTES = 700 * 1024;
/** Of one event. */
const MAX_EVENT_BYTES = 256 * 1024;

const bytesOf = (event: AgencyEvent, place: number): number => {
  const bytes = Buffer.byteLength(JSON.stringify(event)) + 1;
  if (bytes > MAX_EVENT_BYTES) throw new ClientError('event-too-large', `Event ${place + 1} has more than 256 KiB: shorten it.`);
  return bytes;
};

/** Cut so that each part fits one message, in their order. */
export const batchesOf = (events: readonly AgencyEvent[]): readonly (readonly AgencyEvent[])[] => {
  const batches: AgencyEvent[][] = [];
  let room = 0;
  events.forEach((event, place) => {
    const bytes = bytesOf(event, place);
    const last = batches.at(-1);
    if (last === undefined || last.length === MAX_BATCH || bytes > room) {
      batches.push([event]);
      room = MAX_BATCH_BYTES - bytes;
    } else {
      last.push(event);
      room -= bytes;
    }
  });
  return batches;
};
