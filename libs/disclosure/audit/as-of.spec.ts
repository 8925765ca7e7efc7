// What an agency could see of a learner on a day, as data protection officers are told it, over a real gate.
import type { OfficeAsker } from '#access';
import { assessment, connexions, consent, otherProvider, person, programme, provider, school, told, yot } from '#contribution/fixtures';
import { type AgencySlug, type LearnerId, londonDate } from '#kernel';
import { disclosureStream } from '#learner-file';
import { GateTown } from '../fixtures/index.ts';
import { type LookDecided, openLook, replayLook } from '../looks/index.ts';
import { Oversight } from './index.ts';

const DAY = 86_400_000;
const PARTNERSHIP: OfficeAsker = { office: 'dpo-partnership', staff: 'olu' };
const officerOf = ({ slug }: { readonly slug: AgencySlug }): OfficeAsker => ({ office: `dpo-of:${slug}` });

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
const passportBy = async (agency: AgencySlug, staff = 'pat', purpose = 'plan-learning'): Promise<void> => {
  const ref = town.pseudonyms.of(agency, ann);
  await town.gate.ask({
    asker: { agency, staff },
    ref,
    purposes: [purpose],
    asked: 'passport',
    page: { after: 0, limit: 50 },
  });
};
const withdraw = (): Promise<LearnerId> =>
  town.tell([told(connexions, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }, { at: town.clock.now() })], ann);
describe('what an agency could see on a day', () => {
  const asked = { agency: provider.slug, day: '2026-01-05', purpose: 'plan-learning' };
  const answerOf = async (asker: OfficeAsker, more: Partial<typeof asked> = {}) => {
    const answer = await oversight.asOf({ asker, learner: ann, asked: { ...asked, ...more } });
    if (answer.outcome !== 'answered' || answer.told === undefined) throw new Error('It was refused.');
    return answer.told;
  };
  const typesIn = ({ permitted }: Awaited<ReturnType<typeof answerOf>>): readonly string[] =>
    permitted.flatMap(({ level, items }) => items.map(({ type }) => `${type} ${level}`));

  it('is what it was shown then, to the letter, however much has happened since', async () => {
    await passportBy(provider.slug);
    const audited = await town.gate.audit({ asker: PARTNERSHIP, learner: ann, parameters: {} });
    const then = audited.outcome === 'answered' ? audited.told.find(({ recipient }) => recipient === provider.slug) : undefined;
    later(DAY);
    await withdraw();
    await town.tell([told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-9', domain: 'numeracy' }))], ann);
    const { permitted, refused, outcome } = await answerOf(PARTNERSHIP);
    expect({ permitted, refused, outcome }).toEqual({ permitted: then?.permitted, refused: then?.refused, outcome: 'answered' });
    expect(typesIn(await answerOf(PARTNERSHIP, { day: '2026-01-06' }))).toContain('assessment.recorded existence');
  });

  it('is each recorded decision of each day again, whatever happened on the days between', async () => {
    const others: readonly AgencySlug[] = [connexions.slug, provider.slug, otherProvider.slug, yot.slug, school.slug];
    const purposes = ['plan-learning', 'deliver-programme', 'support-learner'];
    const change = { consentId: 'k-1', by: 'learner' };
    const scope = { categories: ['assessment'], purposes: ['plan-learning'] };
    const say = (what: Parameters<GateTown['tell']>[0][number]) => () => town.tell([{ ...what, at: town.clock.now() }], ann);
    const happenings: readonly (() => Promise<unknown>)[] = [
      () => Promise.resolve(),
      say(told(connexions, 'consent.paused', change)),
      say(told(connexions, 'consent.resumed', change)),
      say(told(otherProvider, 'programme.started', programme('p-9'))),
      say(told(connexions, 'objection.raised', { scope, reason: 'No' })),
      say(told(connexions, 'consent.withdrawn', change)),
      async () => (await town.beside()).protocols.suspend({ protocol: 'e2e-passport', version: 1, reason: 'a review' }),
      async () => (await town.beside()).agencies.suspend(yot.slug, 'an inquiry'),
    ];
    for (const happens of happenings) {
      later(DAY);
      await happens();
      for (const agency of others) for (const purpose of purposes) await passportBy(agency, 'pat', purpose);
    }
    const audited = await town.gate.audit({ asker: PARTNERSHIP, learner: ann, parameters: {} });
    const decisions = audited.outcome === 'answered' ? audited.told.filter(({ route }) => route !== 'look') : [];
    expect(decisions.length).toBe(happenings.length * others.length * purposes.length - purposes.length);
    const outcomes = new Set<string>();
    for (const { at, recipient, purposes: [purpose = ''] = [], permitted, refused, outcome } of decisions) {
      const then = await answerOf(PARTNERSHIP, { agency: recipient, day: londonDate(at), purpose });
      expect([at, recipient, purpose, then.permitted, then.refused, then.outcome]).toEqual([
        at,
        recipient,
        purpose,
        permitted,
        refused,
        outcome,
      ]);
      outcomes.add(outcome);
    }
    expect([...outcomes].sort()).toEqual(['answered', 'not-known']);
  });

  it('tells of a day before the learner was known that nothing was', async () => {
    expect(await answerOf(PARTNERSHIP, { day: '2026-01-04' })).toMatchObject({ outcome: 'not-taking-part', permitted: [] });
    later(DAY);
    const bea = await town.tell([told(connexions, 'learner.registered', { ...person, localId: 'l-2' })]);
    const early = { agency: provider.slug, day: '2026-01-05', purpose: 'plan-learning' };
    expect(await oversight.asOf({ asker: PARTNERSHIP, learner: bea, asked: early })).toMatchObject({ told: { outcome: 'not-yet-known' } });
    expect(
      await oversight.asOf({ asker: officerOf(connexions), learner: bea, asked: { ...early, agency: connexions.slug } }),
    ).toMatchObject({
      told: { outcome: 'not-known' },
    });
  });

  it('is asked by an officer of one agency about that agency alone', async () => {
    const refused = await oversight.asOf({ asker: officerOf(connexions), learner: ann, asked });
    expect(refused).toMatchObject({ outcome: 'not-permitted' });
    const [recorded] = (await town.recorded(disclosureStream(ann))).slice(-1);
    const look = await town.opened(openLook, recorded);
    expect(look).toMatchObject({ asked: 'as-of', outcome: 'not-permitted', parameters: { agency: provider.slug } });
    expect(await replayLook(town, look as LookDecided, ann)).toEqual({ outcome: 'not-permitted' });
  });

  it('does not undo a withdrawal for the agency’s own officer', async () => {
    later(DAY);
    await withdraw();
    await town.tell([told(connexions, 'record.retracted', { of: 'm-3', reason: 'entered-in-error' }, { notes: { names: 3 } })], ann);
    expect(typesIn(await answerOf(PARTNERSHIP))).toContain('assessment.recorded full');
    expect(typesIn(await answerOf(officerOf(provider)))).toEqual(['programme.started full']);
  });

  it('is told to the agency’s own officer of what it was shown, without whose it was', async () => {
    await passportBy(provider.slug);
    later(DAY);
    await withdraw();
    const answer = await answerOf(officerOf(provider));
    expect(typesIn(answer)).toEqual(['assessment.recorded full', 'programme.started full']);
    expect(answer.permitted.flatMap(({ items }) => items).map(({ source }) => source)).toEqual([undefined, provider.slug]);
    expect(answer.refused).toEqual([]);
  });
});
