// Consents given and withdrawn while feeds flow, over HTTP and over Kafka; when each withdrawal's receipt was there.
import { setTimeout as pause } from 'node:timers/promises';
import { type AgencyEvent, ConcordatClient, type EventToSend, type Receipt, signEvents, toEvent } from '#client';
import type { AgencyOutbox } from './agency-outbox.ts';
import { type CastMember, introduced, tell, ulnOf } from './cast.ts';
import { type FeedChange, type FeedCopies, idIn } from './feed-copy.ts';
import { placeOf, type ReceivedReceipts } from './received-receipts.ts';

/** The clause by which the provider sees assessments, under consent alone. */
const UNDER_CONSENT = 'e2e-passport@1#EP3';
const ASSESSED = 'uk.concordat.assessment.recorded.v1';
const WITHDRAWN = 'uk.concordat.consent.withdrawn.v1';
/** How many wait until the feed shows what was consented to; the others withdraw while it is on its way. */
const SEEN = 0.4;
const OVER_HTTP = 0.7;
const AGAIN_MS = 20;
const LOOK_MS = 5;
const PATIENCE_MS = 60_000;

export interface RaceParts {
  readonly url: string;
  readonly prefix: string;
  readonly careers: CastMember;
  readonly forge: CastMember;
  readonly outbox: AgencyOutbox;
  readonly received: ReceivedReceipts;
  readonly feeds: FeedCopies;
  /** Numbers from 0 to below 1. */
  readonly random: () => number;
}

/** In milliseconds: between the two the consent was withdrawn, as its agency knew. */
export interface Withdrawn {
  readonly learner: number;
  readonly from: number;
  readonly until: number;
}

const subjectOf = (n: number): string => `uln:${ulnOf(n)}`;
const assessmentOf = (n: number): string => `a-${n}`;

const consent = (n: number, consentId: string): EventToSend => ({
  type: 'consent.given',
  subject: subjectOf(n),
  data: {
    consentId,
    protocol: 'e2e-passport',
    purposes: ['plan-learning'],
    categories: ['assessment'],
    recipients: ['provider'],
    givenBy: 'learner',
    method: 'online',
    notice: { id: 'e2e', version: '1', language: 'en' },
    validFrom: '2026-01-01',
  },
});

const assessment = (n: number): EventToSend => ({
  type: 'assessment.recorded',
  subject: subjectOf(n),
  data: {
    assessmentId: assessmentOf(n),
    framework: 'initial',
    domain: 'literacy',
    instrument: 'BSA',
    assessedOn: '2026-09-01',
    assessor: { name: 'A', role: 'adviser' },
    outcome: { level: 'entry-3', summary: 'Reads well.' },
  },
});

/** Learners whose assessment the provider sees while consent lasts. */
export const prepareRace = async ({ url, careers, forge }: RaceParts, learners: number): Promise<void> => {
  const all = Array.from({ length: learners }, (_, n) => n);
  await tell(
    url,
    careers,
    all.flatMap((n) => [...introduced(n).careers, assessment(n)]),
  );
  await tell(
    url,
    forge,
    all.flatMap((n) => introduced(n).forge),
  );
};

const overHttp = async ({ url, careers }: RaceParts, event: AgencyEvent): Promise<Receipt | undefined> => {
  const client = new ConcordatClient({ url, agency: careers.slug, key: careers.key });
  for (;;) {
    try {
      return (await client.send([event]))[0];
    } catch {
      await pause(AGAIN_MS);
    }
  }
};

const overKafka = async ({ prefix, careers, outbox, received }: RaceParts, event: AgencyEvent): Promise<Receipt | undefined> => {
  const offset = await outbox.send({
    topic: `${prefix}.in.${careers.slug}`,
    key: event.subject ?? event.id,
    value: await signEvents(event, careers.key),
  });
  return (await received.arrived(placeOf(careers.slug, `0/${offset}`))).receipts[0];
};

/** By either way, until there is a receipt. */
const said = async (parts: RaceParts, event: EventToSend): Promise<void> => {
  const full = toEvent(parts.careers.slug, event);
  const receipt = await (parts.random() < OVER_HTTP ? overHttp : overKafka)(parts, full);
  if (receipt === undefined || !['accepted', 'duplicate'].includes(receipt.outcome)) throw new Error(JSON.stringify(receipt));
};

const showsIt = ({ feeds, forge }: RaceParts, n: number): boolean =>
  feeds.about(forge.slug, ASSESSED, assessmentOf(n))?.protocol === UNDER_CONSENT;

const come = async (holds: () => boolean): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error('A feed did not change as it must.');
    await pause(LOOK_MS);
  }
};

/** Given, perhaps seen, withdrawn; over once the feeds have got past the withdrawal, which is on its agency's own. */
const round = async (parts: RaceParts, learner: number, consentId: string): Promise<Withdrawn> => {
  await said(parts, consent(learner, consentId));
  if (parts.random() < SEEN) await come(() => showsIt(parts, learner));
  const withdrawal = `withdrawn-${consentId}`;
  await said(parts, { type: 'consent.withdrawn', id: withdrawal, subject: subjectOf(learner), data: { consentId, by: 'learner' } });
  const from = Date.now();
  await come(() => parts.feeds.about(parts.careers.slug, WITHDRAWN, consentId) !== undefined && !showsIt(parts, learner));
  return { learner, from, until: Date.now() };
};

/** All learners side by side, each through so many rounds; `over` is called after each. */
export const race = async (parts: RaceParts, learners: number, rounds: number, over: () => void): Promise<readonly Withdrawn[]> => {
  const through = async (learner: number): Promise<readonly Withdrawn[]> => {
    const withdrawn: Withdrawn[] = [];
    for (let n = 0; n < rounds; n++) {
      withdrawn.push(await round(parts, learner, `k-${learner}-${n}`));
      over();
    }
    const last = withdrawn.at(-1);
    return last ? [...withdrawn.slice(0, -1), { ...last, until: Infinity }] : [];
  };
  return (await Promise.all(Array.from({ length: learners }, (_, n) => through(n)))).flat();
};

const isConsented = ({ item }: FeedChange): boolean => item?.protocol === UNDER_CONSENT;

/** Records that showed an assessment at a time when its consent was known to be withdrawn. */
export const shownTooLate = ({ feeds, forge }: RaceParts, withdrawn: readonly Withdrawn[]): readonly string[] => {
  const byAssessment = Map.groupBy(withdrawn, ({ learner }) => assessmentOf(learner));
  return feeds.changes
    .filter((change) => change.agency === forge.slug && isConsented(change))
    .flatMap(({ item, timestamp }) => {
      const broken = byAssessment.get(idIn(item))?.find(({ from, until }) => timestamp > from && timestamp < until);
      return broken ? [`${idIn(item)} was shown ${timestamp - broken.from} ms after the receipt`] : [];
    });
};

/** How often the assessments were shown while they might be. */
export const timesShown = ({ feeds }: RaceParts): number => feeds.changes.filter(isConsented).length;
