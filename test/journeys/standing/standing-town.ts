// A town with one honest story to tell of each learner, and what strangers may not change about it.
import type { EventToSend, Receipt } from '#client';
import { fixedClock, type AgencySlug } from '#kernel';
import { about, adviser, confirmed, MORNING, programme, referral, signOff } from '../told.ts';
import { assessment, consent, registration, type SeenItem, Town, ulnOf } from '../town.ts';
import { CAST, type Townsfolk } from '../townsfolk.ts';

export interface Told {
  readonly by: AgencySlug;
  readonly event: EventToSend;
}
/** The same for each learner but for the ULN, of which all ids are made. */
export type Script = (uln: string) => readonly Told[];

/** Beside the usual cast. */
const STRANGERS: readonly Townsfolk[] = [
  { slug: 'council-south', roles: ['local-authority'], districts: ['B1'] },
  { slug: 'ebp-wv', roles: ['ebp'] },
  { slug: 'own-page', roles: ['self-service'] },
];
const EVERYBODY = [...CAST, ...STRANGERS].map(({ slug }) => slug);

export const by = (agency: AgencySlug, ...events: readonly EventToSend[]): readonly Told[] =>
  events.map((event) => ({ by: agency, event }));

export const PERSON = { givenName: 'Sam', familyName: 'Example', dateOfBirth: '2010-05-06' } as const;
/** Made up: neither name nor birth date is that of the learner. */
export const INVENTED = { givenName: 'Alex', familyName: 'Invented', dateOfBirth: '2009-09-09' } as const;

export const programmeOf = (uln: string): string => `p-${uln}`;
export const consentOf = (uln: string): string => `c-${uln}`;

export const EXPLICIT = { method: 'signed-form', evidence: 'Form kept on file.' } as const;

/** `careers` advises, `city-yot` supervises, `forge` trains, with consent; the learner lives in `council`'s area. */
export const honestStory: Script = (uln) => [
  ...by(
    'careers',
    registration(uln, `c-${uln}`, { ...PERSON, postcode: 'WV1 1AA', contact: '01902 000000' }),
    adviser(uln),
    confirmed(uln, 'city-yot'),
  ),
  ...by(
    'careers',
    assessment(uln, { assessmentId: `a-${uln}`, validUntil: '2027-01-31' }),
    about(uln, 'circumstance.noted', { kind: 'pregnancy', note: 'Due in March.' }),
  ),
  ...by(
    'city-yot',
    registration(uln, `y-${uln}`, { ...PERSON, postcode: 'WV1 1AA' }),
    about(uln, 'offence.noted', { incident: 'A theft.', order: 'ISSP', until: '2027-02-01' }),
  ),
  ...by(
    'city-yot',
    assessment(uln, { assessmentId: `risk-${uln}`, framework: 'risk-of-reoffending', domain: 'whole', validUntil: '2027-01-31' }),
  ),
  ...by('careers', referral(uln, 'forge', { referralId: `r-${uln}` })),
  ...by(
    'forge',
    about(uln, 'referral.accepted', { referralId: `r-${uln}`, of: 'careers' }),
    registration(uln, `f-${uln}`, { ...PERSON, postcode: 'WV1 1AA' }),
  ),
  ...by(
    'forge',
    programme(uln, programmeOf(uln)),
    about(uln, 'attendance.concern', { programmeId: programmeOf(uln), on: '2026-09-20', kind: 'late' }),
  ),
  ...by('careers', signOff(uln, programmeOf(uln))),
  ...by(
    'careers',
    consent(uln, consentOf(uln), {
      ...EXPLICIT,
      purposes: ['plan-learning', 'support-learner'],
      categories: ['assessment', 'circumstance-special'],
      recipients: ['forge'],
    }),
  ),
  ...by('careers', about(uln, 'destination.recorded', { activity: '310', from: '2026-09-10', verifiedOn: '2026-09-20' })),
];

/** What one agency is told: not where its own items stand in the log, nor by which names of its own. */
export interface Answered {
  readonly status: number;
  readonly items: readonly Omit<SeenItem, 'id' | 'position'>[];
  readonly clauses: readonly string[];
}

export class StandingTown {
  readonly town: Town;
  #learners = 0;

  private constructor(town: Town) {
    this.town = town;
  }

  static async open(): Promise<StandingTown> {
    return new StandingTown(await Town.open({ clock: fixedClock(MORNING), cast: [...CAST, ...STRANGERS] }));
  }

  close(): Promise<void> {
    return this.town.close();
  }

  /** Of nobody yet. */
  newUln(): string {
    return ulnOf(++this.#learners);
  }

  async tell(told: readonly Told[]): Promise<void> {
    for (const { by: agency, event } of told) await this.town.tell(agency, event);
  }

  async honestLearner(): Promise<string> {
    const uln = this.newUln();
    await this.tell(honestStory(uln));
    return uln;
  }

  get purposes(): string {
    return [...this.town.node.registers.inForce('2026-10-01').purposes].join(',');
  }

  /** For all purposes at once; the ULN is left out, so that what is told of two learners can be compared. */
  async answerTo(agency: AgencySlug, uln: string, purposes = this.purposes): Promise<Answered> {
    const { status, body } = await this.town.passport(agency, purposes, `uln:${uln}`);
    const told = (body.items ?? []).map(({ id: _, position: __, ...item }) => item);
    const { items, clauses } = JSON.parse(JSON.stringify({ items: told, clauses: body.clauses ?? [] }).replaceAll(uln, 'ULN')) as Omit<
      Answered,
      'status'
    >;
    return { status, items, clauses };
  }

  async answersToOthers(uln: string, than: readonly AgencySlug[]): Promise<Readonly<Record<AgencySlug, Answered>>> {
    const others = EVERYBODY.filter((slug) => !than.includes(slug) && slug !== 'own-page');
    return Object.fromEntries(await Promise.all(others.map(async (slug) => [slug, await this.answerTo(slug, uln)] as const)));
  }

  /** What the receipts tell, and how many events each message made. */
  async receiptsFor(told: readonly Told[]): Promise<readonly object[]> {
    const seen: object[] = [];
    for (const { by: agency, event } of told) {
      const before = await this.town.node.store.head();
      const [receipt] = await this.town.send(agency, event);
      seen.push({ type: event.type, ...toldBy(receipt as Receipt), events: (await this.town.node.store.head()) - before });
    }
    return seen;
  }
}

const toldBy = ({ outcome, learner, existing, problem }: Receipt): object => ({
  outcome: problem?.code ?? outcome,
  names: learner !== undefined,
  existing,
  candidates: problem?.candidates,
});

export const clausesOf = ({ items }: Answered): readonly string[] =>
  [...new Set(items.map(({ clause }) => clause.replace(/^.*#/, '')))].sort();

/** Its own, and the identity of the person whom it invented. */
const expectOwnAlone = async (standing: StandingTown, agency: AgencySlug, uln: string): Promise<void> => {
  const { items } = await standing.answerTo(agency, uln);
  expect(items.filter(({ clause, data }) => clause !== 'own' && data['familyName'] !== INVENTED.familyName)).toEqual([]);
};

/**
 * Strangers tell what they like of a learner whose honest story is told: they read nothing but their own, no other agency's answer
 * changes, and what they are told is what they would be told of a number that nobody knows.
 */
export const expectNothingGained = async (standing: StandingTown, attack: Script, story: Script = honestStory): Promise<void> => {
  const uln = standing.newUln();
  await standing.tell(story(uln));
  const attackers = [...new Set(attack(uln).map((told) => told.by))];
  const before = await standing.answersToOthers(uln, attackers);
  const receipts = await standing.receiptsFor(attack(uln));
  expect(await standing.answersToOthers(uln, attackers)).toEqual(before);
  for (const attacker of attackers) await expectOwnAlone(standing, attacker, uln);
  expect(receipts).toEqual(await standing.receiptsFor(attack(standing.newUln())));
};

/** The same told before the honest story: that then opens what it opens without it. */
export const expectNothingSquatted = async (standing: StandingTown, attack: Script, story: Script = honestStory): Promise<void> => {
  const [attacked, spared] = [standing.newUln(), standing.newUln()];
  await standing.receiptsFor(attack(attacked));
  for (const uln of [attacked, spared]) await standing.tell(story(uln));
  const attackers = [...new Set(attack(attacked).map((told) => told.by))];
  expect(await standing.answersToOthers(attacked, attackers)).toEqual(await standing.answersToOthers(spared, attackers));
  for (const attacker of attackers) await expectOwnAlone(standing, attacker, attacked);
};
