// What the asking agency asked a learner to agree to, and until when an answer is awaited (console.md, J14).
import type { IsoDate } from '#kernel';
import type { DocumentTerms } from '../documents/index.ts';
import { orEmpty, orNull, type SeenItem, type SeenItems } from '../lists/index.ts';

export const REQUEST_STATES = ['awaited', 'past'] as const;

export interface ConsentRequestRow {
  readonly protocol: string | null;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
  readonly askedOn: IsoDate | null;
  readonly until: IsoDate | null;
  readonly state: (typeof REQUEST_STATES)[number];
}

export interface ConsentRequests {
  readonly rows: readonly ConsentRequestRow[];
}

const rowOf = ({ data, toldOn }: SeenItem<'consent.requested'>, on: IsoDate): ConsentRequestRow => ({
  ...orNull(data, 'protocol', 'until'),
  ...orEmpty(data, 'purposes', 'categories', 'recipients'),
  askedOn: toldOn ?? null,
  state: (data.until ?? on) < on ? 'past' : 'awaited',
});

/** The agency's own alone: that others ask, and what a learner answered them, is no affair of it. */
export const consentRequestsIn = (seen: SeenItems, { on }: DocumentTerms): ConsentRequests => ({
  rows: seen
    .of('consent.requested')
    .filter(({ own }) => own)
    .toReversed()
    .map((one) => rowOf(one, on)),
});
