// A notice is acknowledged by a signed event about its learner (contracts.md, notice.acknowledged).
import type { CatalogueData } from '#catalogue';
import type { AgencySlug } from '#kernel';
import { type AgencyEvent, toEvent } from '../agency-event.ts';
import { ClientError } from '../client-error.ts';
import type { Receipt } from '../receipt.ts';
import type { FeedItem, NoticeData } from './feed-item.ts';

export interface Acknowledgement {
  readonly action: CatalogueData['notice.acknowledged']['action'];
  /** The day on which it was done, as `2026-03-02`; else today in UTC. */
  readonly on?: string;
  /** `uln:…` or `local:…`; else the agency's own id for the learner, where the broker knows one. The notice alone says it, too. */
  readonly subject?: string;
}

/** Whatever signs and sends events: `ConcordatClient.send`, `KafkaAgency.sendAndAwait`. */
export type SendEvents = (events: readonly AgencyEvent[]) => Promise<readonly Receipt[]>;

/** The event, always with the same id for the same notice: sending it twice does no harm. */
export const acknowledgementOf = (
  agency: AgencySlug,
  notice: FeedItem<NoticeData>,
  { action, on = today(), subject }: Acknowledgement,
): AgencyEvent => {
  const { noticeId } = notice.data;
  const named = subject ?? (notice.localid === undefined ? undefined : `local:${notice.localid}`);
  return toEvent(agency, {
    type: 'notice.acknowledged',
    ...(named === undefined ? {} : { subject: named }),
    id: `acknowledged-${noticeId}-${action}-${on}`,
    time: `${on}T00:00:00Z`,
    data: { noticeId, on, action },
  });
};

/** Sends it by the channel given; its receipt. */
export const acknowledge = async (
  send: SendEvents,
  agency: AgencySlug,
  { notice, ...done }: Acknowledgement & { readonly notice: FeedItem<NoticeData> },
): Promise<Receipt> => {
  const [receipt] = await send([acknowledgementOf(agency, notice, done)]);
  if (receipt === undefined) throw new ClientError('no-receipt', 'The broker gave no receipt of the acknowledgement: send it again.');
  return receipt;
};

const today = (): string => new Date().toISOString().slice(0, 10);
