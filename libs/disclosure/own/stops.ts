// What came of it when a consent was stopped, as the log knows: who had seen what rested on it, who asked since and was told no, whose feed
// was told to delete it, and who has answered the notice (console.md, 4.4 and part 11). Pure.
import { consentName, type Notice, type StandingConsent } from '#consent';
import type { AgencySlug, Instant, IsoDate, Revision } from '#kernel';
import { type Level, levelRank } from '#sharing-protocols';
import type { DisclosureDecided } from '../decision-record.ts';

export interface StopAt {
  readonly agency: AgencySlug;
  /** How often it was shown what rested on the consent, and when last. */
  readonly seen: number;
  readonly lastSeen?: Instant;
  /** How often it asked since and was told no, or less than before, for want of the consent; and when last. */
  readonly refused: number;
  readonly lastRefused?: Instant;
  /** How often it was shown as much of it since, on another ground. */
  readonly shownSince: number;
  /** Whether it was told since that there is something, and no more. */
  readonly knowsSince: boolean;
  /** `none`: its feed held nothing of it. */
  readonly feed: 'none' | 'on-its-way' | 'told-to-delete';
  readonly toldToDelete?: Instant;
  readonly notice?: {
    readonly issuedAt: Instant;
    readonly due: IsoDate;
    readonly answer?: NonNullable<Notice['acknowledged']>;
  };
}

export interface Stop {
  /** Of the consent, as it was given. */
  readonly consent: Revision;
  /** By the agency's name. */
  readonly recipients: readonly StopAt[];
}

export interface StopsGround {
  /** In the order of the log. */
  readonly decisions: readonly DisclosureDecided[];
  readonly notices: readonly Notice[];
  readonly rolesOf: (agency: AgencySlug) => readonly string[];
  /** Categories of the items that the learner may be shown; of others nothing is said. */
  readonly categoryOf: (item: Revision) => string | undefined;
}

const STOPPED: readonly StandingConsent['standing'][] = ['withdrawn'];

/** Of consents that were withdrawn or are paused. */
export const stopsIn = (consents: readonly StandingConsent[], ground: StopsGround): readonly Stop[] =>
  consents
    .filter(({ standing, paused }) => paused || STOPPED.includes(standing))
    .map((stopped) => ({ consent: stopped.consent.revision, recipients: recipientsOf(stopped, ground) }));

const recipientsOf = (stopped: StandingConsent, ground: StopsGround): readonly StopAt[] => {
  const byRecipient = Map.groupBy(ground.decisions, ({ recipient }) => recipient);
  const told = [...byRecipient].map(([agency, decisions]) => stopAt(stopped, agency, { ...ground, decisions }));
  return told.filter(isConcerned).sort((one, other) => (one.agency < other.agency ? -1 : 1));
};

const isConcerned = ({ seen, refused, notice }: StopAt): boolean => seen + refused > 0 || notice !== undefined;

const stopAt = (stopped: StandingConsent, agency: AgencySlug, ground: StopsGround): StopAt => {
  const { consent, revision } = stopped;
  const isBefore = ({ learner }: DisclosureDecided): boolean => learner < revision;
  const before = ground.decisions.filter(isBefore);
  const since = ground.decisions.filter((decided) => !isBefore(decided));
  const relied = reliedOn(before, consentName(consent), ground);
  const asked = since.filter(({ route }) => route !== 'feed');
  const refused = asked.filter((decided) => isRefusedFor(decided, stopped, { ...ground, relied }) || tells(decided, relied, isLess));
  const notice = ground.notices.findLast((one) => one.recipient === agency && one.reason === 'withdrawal' && one.consentId === consent.id);
  return {
    agency,
    seen: relied.times.length,
    ...last('lastSeen', relied.times),
    refused: refused.length,
    ...last(
      'lastRefused',
      refused.map(({ at }) => at),
    ),
    shownSince: asked.filter((decided) => tells(decided, relied, isAsMuch)).length,
    knowsSince: since.some((decided) => tells(decided, relied, isLess)),
    ...feedIn(since, relied),
    ...(notice && { notice: noticeTold(notice) }),
  };
};

const last = <Name extends string>(name: Name, times: readonly Instant[]): { readonly [One in Name]?: Instant } =>
  (times.length === 0 ? {} : { [name]: times.at(-1) }) as { readonly [One in Name]?: Instant };

const noticeTold = ({ issuedAt, due, acknowledged }: Notice): NonNullable<StopAt['notice']> => ({
  issuedAt,
  due,
  ...(acknowledged && { answer: acknowledged }),
});

interface Relied {
  /** With the fullest form in which each was shown. */
  readonly items: ReadonlyMap<Revision, Level>;
  /** Of those, what its feed was sent. */
  readonly sent: ReadonlySet<Revision>;
  readonly times: readonly Instant[];
}

/** What was shown on account of this consent; of a feed what left by each decision. */
const reliedOn = (decisions: readonly DisclosureDecided[], name: string, { categoryOf }: StopsGround): Relied => {
  const items = new Map<Revision, Level>();
  const sent = new Set<Revision>();
  const times: Instant[] = [];
  for (const { permitted, changes, outcome, at } of decisions) {
    const groups = outcome === 'answered' ? permitted.filter(({ consent }) => consent?.id === name) : [];
    const shown = groups.flatMap((group) => group.items.map((item) => ({ item, level: group.level })));
    const left = shown.filter(({ item }) => categoryOf(item) !== undefined && changes?.sent.includes(item) !== false);
    if (left.length === 0) continue;
    times.push(at);
    for (const { item, level } of left) {
      items.set(item, level);
      if (changes !== undefined) sent.add(item);
    }
  }
  return { items, sent, times };
};

type Compares = (level: Level, before: Level) => boolean;

const isLess: Compares = (level, before) => levelRank(level) < levelRank(before);
const isAsMuch: Compares = (level, before) => !isLess(level, before);

/** Whether it let through something that had rested on the consent, in such a form. */
const tells = ({ permitted }: DisclosureDecided, { items: relied }: Relied, compares: Compares): boolean =>
  permitted.some(({ level, items }) => items.some((item) => compares(level, relied.get(item) ?? NOWHERE) && relied.has(item)));

const NOWHERE: Level = 'existence';

const FOR_WANT_OF_IT: readonly string[] = ['consent', 'explicit-consent'];

/** It asked for something of the kind that was agreed to, and was told no. */
const isRefusedFor = (
  { recipient, refused }: DisclosureDecided,
  { consent }: StandingConsent,
  { relied, rolesOf, categoryOf }: StopsGround & { readonly relied: Relied },
): boolean => {
  const isMeant = [recipient, ...rolesOf(recipient)].some((one) => consent.recipients.includes(one));
  const concerns = (item: Revision): boolean => relied.items.has(item) || (isMeant && consent.categories.includes(categoryOf(item) ?? ''));
  return refused.some((group) => FOR_WANT_OF_IT.includes(group.lacks) && group.items.some(concerns));
};

/** Deleted, or sent again in the lesser form that is left. */
const feedIn = (since: readonly DisclosureDecided[], relied: Relied): Pick<StopAt, 'feed' | 'toldToDelete'> => {
  const { sent } = relied;
  if (sent.size === 0) return { feed: 'none' };
  const changing = since.filter(({ changes }) =>
    [changes?.withdrawn, changes?.sent].some((items) => items?.some((item) => sent.has(item))),
  );
  const changed = new Set(changing.flatMap(({ changes }) => [...(changes?.withdrawn ?? []), ...(changes?.sent ?? [])]));
  const latest = since.findLast(({ changes }) => changes !== undefined);
  const stays = new Set(
    latest?.permitted.flatMap(({ level, items }) => items.filter((item) => isAsMuch(level, relied.items.get(item) ?? level))),
  );
  const isDone = [...sent].every((item) => changed.has(item) || stays.has(item));
  return isDone ? { feed: 'told-to-delete', ...lastOf(changing) } : { feed: 'on-its-way' };
};

const lastOf = (changing: readonly DisclosureDecided[]): Pick<StopAt, 'toldToDelete'> =>
  last(
    'toldToDelete',
    changing.map(({ at }) => at),
  );
