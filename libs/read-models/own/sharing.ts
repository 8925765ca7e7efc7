// What a learner shares: what was agreed to and how it stands, what waits for an answer, what goes on without, and what came of stopping
// (console.md, 4.4).
import type { ConsentFacts, SharingDisclosure, SharingFacts, Stop, StopAt } from '#disclosure';
import { type IsoDate, londonDate } from '#kernel';
import { orEmpty, orNull, type SeenItem, SeenItems } from '../lists/index.ts';
import type { ChangeRow, ConsentRow, NoticeRow, OwnSharing, RequestRow, ScopeRow, StopRow } from './sharing.rows.ts';

export { type OwnSharing, sharingFields } from './sharing.rows.ts';

type Answered = Extract<SharingDisclosure, { outcome: 'answered' }>;
type Changed = SeenItem<'consent.withdrawn' | 'consent.paused' | 'consent.resumed' | 'consent.renewed' | 'consent.confirmed'>;
type Stated = SeenItem<'consent.given' | 'consent.refused'>;

const CHANGES = ['consent.withdrawn', 'consent.paused', 'consent.resumed', 'consent.renewed', 'consent.confirmed'] as const;

const dayAt = (at: number | undefined): IsoDate | null => (at === undefined ? null : londonDate(at));

const scopeOf = (data: Stated['data'] | SeenItem<'consent.requested'>['data']): ScopeRow => ({
  ...orNull(data, 'protocol'),
  ...orEmpty(data, 'purposes', 'categories', 'recipients'),
});

const noticeOf = ({ issuedAt, due, answer }: NonNullable<StopAt['notice']>): NoticeRow => ({
  issuedOn: londonDate(issuedAt),
  due,
  answeredOn: answer?.on ?? null,
  action: answer?.action ?? null,
});

const stopOf = ({ agency, seen, refused, shownSince, knowsSince, feed, lastSeen, lastRefused, toldToDelete, notice }: StopAt): StopRow => ({
  agency,
  seen,
  lastSeenOn: dayAt(lastSeen),
  refused,
  lastRefusedOn: dayAt(lastRefused),
  shownSince,
  knowsSince,
  feed,
  toldToDeleteOn: dayAt(toldToDelete),
  notice: notice ? noticeOf(notice) : null,
});

const changesOf = (seen: SeenItems, { data: { consentId }, source }: Stated): readonly (ChangeRow & { readonly place: number })[] =>
  CHANGES.flatMap((type) =>
    (seen.of(type) as readonly Changed[])
      .filter(
        ({ data, source: by, confirmed }) =>
          confirmed && data.consentId === consentId && (data.of ?? ownerOf(seen, data.consentId, by)) === source,
      )
      .map((change) => ({
        kind: type.slice('consent.'.length),
        on: change.toldOn ?? null,
        by: change.source ?? null,
        place: change.place,
      })),
  ).sort((one, other) => one.place - other.place);

/** Whoever names none means the own one, else the only one of that id. */
const ownerOf = (seen: SeenItems, id: string | undefined, by: string | undefined): string | undefined => {
  const named = [...seen.of('consent.given'), ...seen.of('consent.refused')].filter(({ data }) => data.consentId === id);
  return named.some(({ source }) => source === by) ? by : named[0]?.source;
};

/** Erased meanwhile, it is nobody's to rely on. */
const NOT_KNOWN: Pick<ConsentRow, 'status' | 'counts'> = { status: 'expired', counts: false };

const standingOf = (known: ConsentFacts | undefined): Pick<ConsentRow, 'status' | 'counts' | 'expires'> =>
  known === undefined ? { ...NOT_KNOWN, expires: null } : { status: known.status, counts: known.counts, expires: known.expires ?? null };

const stoppedOf = (stops: readonly Stop[], place: number): readonly StopRow[] =>
  stops.find(({ consent }) => consent === place)?.recipients.map(stopOf) ?? [];

const consentRow = (seen: SeenItems, stated: Stated, { consents }: SharingFacts, stops: readonly Stop[]): ConsentRow => {
  const { data, place } = stated;
  const known = consents.get(place);
  const changes = changesOf(seen, stated);
  const on = stated.toldOn ?? null;
  return {
    ...orNull(data, 'consentId', 'validFrom', 'givenBy', 'method', 'notice'),
    source: stated.source ?? null,
    ...scopeOf(data),
    ...standingOf(known),
    on,
    since: changes.find((change) => change.place === known?.since)?.on ?? on,
    changes: changes.map(({ place: _, ...change }) => change),
    stopped: stoppedOf(stops, place),
  };
};

const meets = (one: readonly string[] = [], other: readonly string[] = []): boolean => one.some((word) => other.includes(word));

const answers = ({ data: said, place, confirmed }: Stated, { data: asked, place: askedAt }: SeenItem<'consent.requested'>): boolean =>
  confirmed &&
  place > askedAt &&
  said.protocol === asked.protocol &&
  meets(said.purposes, asked.purposes) &&
  meets(said.categories, asked.categories) &&
  meets(said.recipients, asked.recipients);

const stateOf = (asked: SeenItem<'consent.requested'>, stated: readonly Stated[], on: IsoDate): RequestRow['state'] => {
  if (stated.some((one) => answers(one, asked))) return 'answered';
  return asked.data.until !== undefined && asked.data.until < on ? 'lapsed' : 'waiting';
};

const requestRow = (asked: SeenItem<'consent.requested'>, state: RequestRow['state']): RequestRow => ({
  id: asked.id ?? null,
  source: asked.source ?? null,
  ...scopeOf(asked.data),
  on: asked.toldOn ?? null,
  ...orNull(asked.data, 'until'),
  state,
});

/** `on`: today. Nobody is asked by an agency that does not stand with the learner (W2). */
export const ownSharingOf = ({ items, consents, goesOn, stops, knownTo }: Answered, on: IsoDate): OwnSharing => {
  const seen = new SeenItems(items);
  const stated: readonly Stated[] = [...seen.of('consent.given'), ...seen.of('consent.refused')].sort(
    (one, other) => other.place - one.place,
  );
  const asked = seen.of('consent.requested').filter(({ confirmed }) => confirmed);
  return {
    consents: stated.map((one) => consentRow(seen, one, { consents, goesOn }, stops)),
    requests: asked.toReversed().map((one) => requestRow(one, stateOf(one, stated, on))),
    goesOn: goesOn.map(({ terms: { says, basis, objectable }, ...one }) => ({ ...one, says, basis, objectable })),
    knownTo,
  };
};
