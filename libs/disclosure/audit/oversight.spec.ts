// What data protection officers are told of a learner's consents, and what is not told, over a real gate.
import type { OfficeAsker } from '#access';
import { assessment, connexions, consent, NOON, otherProvider, person, programme, provider, told, yot } from '#contribution/fixtures';
import type { AgencySlug, LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { GateTown } from '../fixtures/index.ts';
import { LOOK_DECIDED, openLook } from '../looks/index.ts';
import { type ConsentLife, Oversight } from './index.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const PARTNERSHIP: OfficeAsker = { office: 'dpo-partnership', staff: 'olu' };
const officerOf = ({ slug }: { readonly slug: AgencySlug }): OfficeAsker => ({ office: `dpo-of:${slug}` });
const NOTICE = '5b2c1a70-0d8e-4a4e-9d43-3f2a3c9f1a11';
const K1 = `${connexions.slug}/k-1`;

let town: GateTown;
let oversight: Oversight;
let ann: LearnerId;
beforeEach(async () => {
  town = await GateTown.open();
  oversight = new Oversight({ ...town.parts, store: town.store, catalogue: town.catalogue });
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(connexions, 'consent.given', consent('k-1', { evidence: 'form 12 in the safe' })),
    told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
    told(yot, 'assessment.recorded', assessment({ assessmentId: 'a-2', framework: 'apir' })),
    told(provider, 'programme.started', programme('p-1')),
  ]);
});
afterEach(() => town.close());

const later = (ms: number): void => town.clock.set(town.clock.now() + ms);
const passportBy = async (agency: AgencySlug, staff = 'pat'): Promise<void> => {
  const ref = town.pseudonyms.of(agency, ann);
  await town.gate.ask({
    asker: { agency, staff },
    ref,
    purposes: ['plan-learning'],
    asked: 'passport',
    page: { after: 0, limit: 50 },
  });
};
const withdraw = (): Promise<LearnerId> =>
  town.tell([told(connexions, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }, { at: town.clock.now() })], ann);
const lifeFor = async (asker: OfficeAsker, name = K1): Promise<ConsentLife | undefined> => {
  const answer = await oversight.consent({ asker, learner: ann, consent: name });
  if (answer.outcome !== 'answered') throw new Error('It was refused.');
  return answer.told;
};

describe('the life of a consent', () => {
  it('holds what was said of it, by whom and how, and nothing of its evidence', async () => {
    const life = await lifeFor(PARTNERSHIP);
    expect(life).toMatchObject({
      id: K1,
      capturedBy: connexions.slug,
      status: 'given',
      protocol: 'e2e-passport',
      givenBy: 'learner',
      notice: { id: expect.any(String), version: expect.any(String), language: 'en' },
      evidence: true,
      counts: true,
      reliedOn: 0,
      steps: [{ kind: 'given', by: 'learner', capturedBy: connexions.slug, at: NOON, counts: true }],
      bands: [{ status: 'given', from: NOON }],
    });
    expect(JSON.stringify(life)).not.toMatch(/safe|Chloë|Neill/);
    expect(life).not.toHaveProperty('withdrawal');
  });

  it('holds each disclosure that relied on it, and after a withdrawal none', async () => {
    await passportBy(provider.slug);
    later(MINUTE);
    await passportBy(provider.slug, 'quinn');
    const before = await lifeFor(PARTNERSHIP);
    expect(before?.relied.map(({ recipient, staff, categories, items }) => [recipient, staff, categories, items])).toEqual([
      [provider.slug, 'pat', ['assessment'], 1],
      [provider.slug, 'quinn', ['assessment'], 1],
    ]);
    later(MINUTE);
    await withdraw();
    const stopped = town.clock.now();
    later(MINUTE);
    await passportBy(provider.slug);
    const life = await lifeFor(PARTNERSHIP);
    expect(life?.lanes).toEqual([{ recipient: provider.slug, disclosures: 2, first: NOON, last: NOON + MINUTE, after: 0 }]);
    expect(life?.bands).toEqual([
      { status: 'given', from: NOON, until: stopped },
      { status: 'withdrawn', from: stopped },
    ]);
    expect(life?.withdrawal).toMatchObject({
      at: stopped,
      by: 'learner',
      lastBefore: { recipient: provider.slug, at: NOON + MINUTE },
      firstAfter: { recipient: provider.slug, at: stopped + MINUTE, became: 'on-another-ground', level: 'existence' },
      reliedOnAfter: 0,
      stoppedAt: stopped,
      seconds: 0,
    });
  });

  it('holds how long feeds took to be told, and what became of the notice', async () => {
    const feed = () => town.gate.feed({ learner: ann, reachable: new Set([provider.slug]), sent: async () => new Map() });
    await feed();
    later(MINUTE);
    await withdraw();
    expect((await lifeFor(PARTNERSHIP))?.withdrawal).toMatchObject({ awaited: [provider.slug], tombstones: [] });
    expect((await lifeFor(PARTNERSHIP))?.withdrawal).not.toHaveProperty('stoppedAt');
    await town.issue(ann, { noticeId: NOTICE, recipient: provider.slug, reason: 'withdrawal', consentId: 'k-1', items: [4] });
    later(40 * DAY);
    expect((await lifeFor(PARTNERSHIP))?.withdrawal?.notices).toMatchObject([
      { notice: NOTICE, recipient: provider.slug, due: '2026-02-01', state: 'overdue', days: 40 },
    ]);
    await town.tell([told(provider, 'notice.acknowledged', { noticeId: NOTICE, on: '2026-01-09', action: 'deleted' })], ann);
    expect((await lifeFor(PARTNERSHIP))?.withdrawal?.notices).toMatchObject([
      { state: 'acknowledged', acknowledgedOn: '2026-01-09', action: 'deleted', days: 4 },
    ]);
  });

  it('is no affair of an agency’s officer that neither recorded it nor relied on it', async () => {
    expect(await lifeFor(officerOf(yot))).toBeUndefined();
    expect(await lifeFor(officerOf(provider))).toBeUndefined();
    expect(await lifeFor(officerOf(connexions))).toMatchObject({ id: K1 });
    await passportBy(provider.slug);
    expect(await lifeFor(officerOf(provider))).toMatchObject({
      relied: [{ recipient: provider.slug, staff: 'pat' }],
      recipients: ['provider'],
    });
    expect((await lifeFor(officerOf(connexions)))?.relied).toMatchObject([{ recipient: provider.slug }]);
    expect((await lifeFor(officerOf(connexions)))?.relied[0]).not.toHaveProperty('staff');
  });

  it('is told of another agency’s no further than a disclosure of the affair relied on it', async () => {
    const wide = { categories: ['assessment', 'offence'], purposes: ['plan-learning', 'deliver-programme'] };
    await town.tell([told(connexions, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' })], ann);
    await town.tell([told(connexions, 'consent.given', consent('k-2', wide), { at: NOON + 1 })], ann);
    await passportBy(provider.slug);
    const scope = { categories: ['assessment'], purposes: ['plan-learning'], recipients: ['provider'] };
    expect(await lifeFor(officerOf(provider), 'k-2')).toMatchObject(scope);
    expect(await lifeFor(officerOf(connexions), 'k-2')).toMatchObject(wide);
    expect(await lifeFor(PARTNERSHIP, 'k-2')).toMatchObject(wide);
  });

  it('is told to nobody but its own officer where its recorder does not stand', async () => {
    await town.tell([told(otherProvider, 'consent.given', consent('x-1'))], ann);
    const others = { notes: { of: connexions.slug } };
    await town.tell([told(otherProvider, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }, others)], ann);
    expect(await lifeFor(PARTNERSHIP)).toMatchObject({ status: 'given', steps: [{ kind: 'given' }] });
    const name = `${otherProvider.slug}/x-1`;
    expect(await lifeFor(PARTNERSHIP, name)).toBeUndefined();
    expect(await lifeFor(officerOf(connexions), name)).toBeUndefined();
    expect(await lifeFor(officerOf(otherProvider), name)).toMatchObject({ counts: false, status: 'given' });
    await town.tell([told(otherProvider, 'consent.withdrawn', { consentId: 'x-1', by: 'Mrs O’Neill' })], ann);
    const life = await lifeFor(officerOf(otherProvider), name);
    expect(life).toMatchObject({ status: 'withdrawn', steps: [{ kind: 'given' }, { kind: 'withdrawn', by: 'another' }] });
  });
});

describe('every look of an officer', () => {
  it('stands in the learner’s own stream, and is refused where the agency has nothing to do with the learner', async () => {
    await lifeFor(PARTNERSHIP);
    await oversight.overview({ asker: PARTNERSHIP, learner: ann });
    const stranger = officerOf(otherProvider);
    const asked = { agency: otherProvider.slug, day: '2026-01-05', purpose: 'plan-learning' };
    expect(await oversight.overview({ asker: stranger, learner: ann })).toMatchObject({ outcome: 'not-permitted' });
    expect(await oversight.asOf({ asker: stranger, learner: ann, asked })).toMatchObject({ outcome: 'not-permitted' });
    const looks = (await town.recorded(disclosureStream(ann))).filter(({ type }) => type === LOOK_DECIDED);
    const opened = await Promise.all(looks.map((event) => town.opened(openLook, event)));
    expect(opened.map((one) => [one?.asked, one?.outcome])).toEqual([
      ['consents', 'answered'],
      ['overview', 'answered'],
      ['overview', 'not-permitted'],
      ['as-of', 'not-permitted'],
    ]);
  });
});

describe('a learner at a glance', () => {
  it('is consents, rights, statements of identity by date and source, and counts', async () => {
    await passportBy(provider.slug);
    await passportBy(otherProvider.slug);
    await town.tell([told(connexions, 'restriction.requested', { scope: { categories: ['apir'] }, reason: 'It is wrong' })], ann);
    const answer = await oversight.overview({ asker: PARTNERSHIP, learner: ann });
    expect(answer).toMatchObject({
      told: {
        learner: town.pseudonyms.of('operator:dpo-partnership', ann),
        consents: [{ id: K1, reliedOn: 1 }],
        rights: [{ kind: 'restriction-requested', scope: { categories: ['apir'] }, capturedBy: connexions.slug, stands: true }],
        identity: [{ type: 'learner.registered', capturedBy: connexions.slug, at: NOON }],
        counts: { decisions: 2, answered: 1, refused: 1, looks: 1 },
      },
    });
    expect(JSON.stringify(answer)).not.toMatch(/wrong|Chloë|WV1/);
  });

  it('is told to an agency’s officer under the agency’s own id, as far as it is that agency’s affair', async () => {
    const answer = await oversight.overview({ asker: officerOf(connexions), learner: ann });
    expect(answer).toMatchObject({ told: { localId: 'l-1', consents: [{ id: K1 }], identity: [{ capturedBy: connexions.slug }] } });
    const other = await oversight.overview({ asker: officerOf(provider), learner: ann });
    expect(other).toMatchObject({ told: { consents: [], rights: [], identity: [], counts: { decisions: 0 } } });
  });

  it('lists what is kept from the learner, by whom, on which ground and until when, as long as it is; nothing of what it says', async () => {
    const withheldTo = async (asker: OfficeAsker) => {
      const answer = await oversight.overview({ asker, learner: ann });
      return answer.outcome === 'answered' ? answer.told?.withheld : undefined;
    };
    await town.tell(
      [told(connexions, 'withholding.stated', { of: 'm', ground: 'crime', until: '2026-02-01' }, { notes: { names: 3 } })],
      ann,
    );
    const kept = [{ type: 'assessment.recorded', source: connexions.slug, ground: 'crime', until: '2026-02-01', statedAt: NOON }];
    expect(await withheldTo(PARTNERSHIP)).toMatchObject(kept);
    expect(JSON.stringify(await withheldTo(PARTNERSHIP))).not.toMatch(/level|framework|e-2/i);
    expect(await withheldTo(officerOf(connexions))).toMatchObject(kept);
    expect(await withheldTo(officerOf(provider))).toEqual([]);
    town.clock.set(Date.parse('2026-02-02T12:00:00Z'));
    expect(await withheldTo(PARTNERSHIP)).toEqual([]);
  });
});
