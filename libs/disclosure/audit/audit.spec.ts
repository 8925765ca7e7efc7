// Who saw what of one learner, as the officer of the partnership, officers of agencies and the learner are told it.
import { type LearnerAsker, LEARNERS_OWN, type OfficeAsker } from '#access';
import { assessment, connexions, consent, otherProvider, person, programme, provider, told, yot } from '#contribution/fixtures';
import type { AgencySlug, LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { GateTown } from '../fixtures/index.ts';
import type { AuditedDecision, AuditedItem } from './index.ts';

let town: GateTown;
let ann: LearnerId;
beforeEach(async () => {
  town = await GateTown.open();
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(connexions, 'consent.given', consent('k-1')),
    told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
    told(yot, 'assessment.recorded', assessment({ assessmentId: 'a-2', framework: 'apir' })),
    told(provider, 'programme.started', programme('p-1')),
  ]);
});
afterEach(() => town.close());

const PAGE = { after: 0, limit: 50 };
const passportBy = async (agency: AgencySlug, staff = 'pat'): Promise<void> => {
  const ref = town.pseudonyms.of(agency, ann);
  await town.gate.ask({ asker: { agency, staff }, ref, purposes: ['plan-learning'], asked: 'passport', page: PAGE });
};
const audited = async (asker: OfficeAsker | LearnerAsker): Promise<readonly AuditedDecision[]> => {
  const answer = await town.gate.audit({ asker, learner: ann, parameters: {} });
  if (answer.outcome !== 'answered') throw new Error('It was refused.');
  return answer.told.filter(({ route }) => route !== 'look');
};
const itemsIn = (groups: readonly { readonly items: readonly AuditedItem[] }[] = []): readonly AuditedItem[] =>
  groups.flatMap(({ items }) => items);
const sourcesIn = (groups: Parameters<typeof itemsIn>[0]): ReadonlySet<string | undefined> =>
  new Set(itemsIn(groups).map(({ source }) => source));

describe('who saw what of a learner', () => {
  it('is told to the partnership’s officer, whole: who asked, when, what for, and on which ground', async () => {
    await passportBy(provider.slug);
    const [decision, ...more] = await audited({ office: 'dpo-partnership' });
    expect(more).toEqual([]);
    expect(decision).toMatchObject({
      recipient: provider.slug,
      staff: 'pat',
      route: 'learner',
      asked: 'passport',
      purposes: ['plan-learning'],
      outcome: 'answered',
    });
    const literacy = decision?.permitted.find(({ consent: relied }) => relied?.id === 'connexions-north/k-1');
    expect(literacy).toMatchObject({ clause: expect.stringMatching(/^[a-z0-9-]+@\d+#/), basis: expect.stringContaining('6(1)') });
    expect(itemsIn(literacy ? [literacy] : [])).toContainEqual({
      type: 'assessment.recorded',
      category: 'assessment',
      source: connexions.slug,
      position: expect.any(Number),
      recordedOn: '2026-01-05',
    });
    expect(sourcesIn(decision?.refused)).toContain(yot.slug);
  });

  it('is told to an officer of the agency that asked without what it was refused of others’, and without whose the rest is', async () => {
    await passportBy(provider.slug);
    const [decision] = await audited({ office: `dpo-of:${provider.slug}` });
    expect(itemsIn(decision?.permitted).map(({ type }) => type)).toEqual(['assessment.recorded', 'programme.started']);
    expect(sourcesIn(decision?.permitted)).toEqual(new Set([undefined, provider.slug]));
    expect(decision?.refused).toEqual([]);
    expect(decision?.staff).toBe('pat');
  });

  it('is told to an officer of a source as far as it is about that agency’s data, let through or refused', async () => {
    await passportBy(provider.slug);
    const [decision] = await audited({ office: `dpo-of:${yot.slug}` });
    expect(decision).toMatchObject({ recipient: provider.slug, permitted: [] });
    expect(sourcesIn(decision?.refused)).toEqual(new Set([yot.slug]));
    expect(decision).not.toHaveProperty('staff');
    const [other] = await audited({ office: `dpo-of:${connexions.slug}` });
    expect(sourcesIn(other?.permitted.filter(({ items }) => items.some(({ type }) => type !== 'learner.identity')))).toEqual(
      new Set([connexions.slug]),
    );
  });

  it('is no affair of an officer whose agency does not know the learner: refused, and recorded', async () => {
    await passportBy(provider.slug);
    const before = (await town.recorded(disclosureStream(ann))).length;
    const office = `dpo-of:${otherProvider.slug}` as const;
    expect(await town.gate.audit({ asker: { office }, learner: ann, parameters: {} })).toMatchObject({ outcome: 'not-permitted' });
    expect(await town.recorded(disclosureStream(ann))).toHaveLength(before + 1);
  });

  it('is told to the learner: what was let through, and that somebody was refused', async () => {
    await passportBy(provider.slug);
    const stranger = { agency: otherProvider.slug };
    const ref = town.pseudonyms.of(otherProvider.slug, ann);
    await town.gate.ask({ asker: stranger, ref, purposes: ['plan-learning'], asked: 'passport', page: PAGE });
    const [refused, answered] = await audited({ learner: ann });
    expect(refused).toMatchObject({ recipient: otherProvider.slug, outcome: 'not-known', permitted: [], refused: [] });
    expect(sourcesIn(answered?.permitted)).toContain(connexions.slug);
    expect(answered?.refused).toEqual([]);
    expect(answered).not.toHaveProperty('staff');
  });

  it('leaves out, for the learner, what its source keeps from the learner', async () => {
    await passportBy(yot.slug);
    const before = await audited({ learner: ann });
    expect(itemsIn(before[0]?.permitted).map(({ source }) => source)).toContain(yot.slug);
    const names = { notes: { names: 4 } };
    await town.tell([told(yot, 'withholding.stated', { of: 'm', ground: 'crime', until: '2026-02-01' }, names)], ann);
    expect(itemsIn((await audited({ learner: ann }))[0]?.permitted).map(({ source }) => source)).not.toContain(yot.slug);
  });

  it('tells the learner, of a look by staff, what there was with that agency on that day, and nobody else', async () => {
    const meetingsTold = async (asker: OfficeAsker | LearnerAsker = { learner: ann }) =>
      (await audited(asker)).map(({ meeting }) => meeting);
    const review = { reviewId: 'v-1', programmeId: 'p-1' };
    const held = { ...review, heldOn: '2026-01-05', attendees: ['learner', 'Mo Other, her uncle'], summary: 'Went well' };
    await passportBy(provider.slug);
    await passportBy(yot.slug);
    expect(await meetingsTold()).toEqual([undefined, undefined]);
    await town.tell([told(provider, 'review.scheduled', { ...review, on: '2026-01-05' })], ann);
    expect(await meetingsTold()).toEqual([undefined, 'review-planned']);
    await town.tell([told(provider, 'review.held', held)], ann);
    expect(await meetingsTold()).toEqual([undefined, 'review']);
    expect(JSON.stringify(await audited({ learner: ann }))).not.toMatch(/Mo Other|Went well/);
    for (const office of ['dpo-partnership', `dpo-of:${provider.slug}`] as const)
      expect((await meetingsTold({ office })).filter((meeting) => meeting !== undefined)).toEqual([]);
  });

  it('asks of no look by a system, of another day, of what is taken back or kept from the learner', async () => {
    const held = { reviewId: 'v-1', programmeId: 'p-1', heldOn: '2026-01-05', attendees: ['learner'], summary: 'Went well' };
    await town.tell([told(provider, 'review.held', held)], ann);
    await passportBy(provider.slug);
    const ref = town.pseudonyms.of(provider.slug, ann);
    await town.gate.ask({ asker: { agency: provider.slug }, ref, purposes: ['plan-learning'], asked: 'passport', page: PAGE });
    town.clock.set(town.clock.now() + 86_400_000);
    await passportBy(provider.slug);
    const meetingsNow = async () => (await audited({ learner: ann })).map(({ meeting }) => meeting);
    expect(await meetingsNow()).toEqual([undefined, undefined, 'review']);
    const names = { notes: { names: 6 } };
    await town.tell([told(provider, 'withholding.stated', { of: 'm', ground: 'crime', until: '2026-02-01' }, names)], ann);
    expect(await meetingsNow()).toEqual([undefined, undefined, undefined]);
    await town.tell([told(provider, 'withholding.ended', { of: 'm' }, names)], ann);
    expect((await meetingsNow()).at(-1)).toBe('review');
    await town.tell([told(provider, 'record.retracted', { of: 'm', reason: 'entered-in-error' }, names)], ann);
    expect(await meetingsNow()).toEqual([undefined, undefined, undefined]);
  });

  it('tells, where that is all that is asked, what others looked at: the same, without what the learner did', async () => {
    const document = { categories: ['consent'], parameters: {} };
    const lookers = [{ learner: ann }, { office: 'dpo-partnership' }, { office: `dpo-of:${provider.slug}` }] as const;
    for (const agency of [provider.slug, yot.slug]) {
      await passportBy(agency);
      await town.gate.own({ asker: { learner: ann }, asked: 'own-record', document });
    }
    const told = async (asker: OfficeAsker | LearnerAsker, ofOthers: boolean): Promise<readonly AuditedDecision[]> => {
      const answer = await town.gate.audit({ asker, learner: ann, ofOthers, parameters: {} });
      return answer.outcome === 'answered' ? answer.told : [];
    };
    for (const asker of lookers) {
      const all = await told(asker, false);
      const others = all.filter(({ recipient }) => recipient !== LEARNERS_OWN);
      const withoutOwn = await told(asker, true);
      expect(withoutOwn.filter(({ position }) => position <= (all[0]?.position ?? 0))).toEqual(others);
      expect(others.length).toBeGreaterThan(0);
    }
    expect((await told({ learner: ann }, false)).filter(({ recipient }) => recipient === LEARNERS_OWN).length).toBeGreaterThan(2);
  });

  it('shows the officer’s own look to the learner', async () => {
    await audited({ office: 'dpo-partnership' });
    const answer = await town.gate.audit({ asker: { learner: ann }, learner: ann, parameters: {} });
    expect(answer).toMatchObject({
      told: expect.arrayContaining([expect.objectContaining({ recipient: 'operator:dpo-partnership', route: 'look' })]),
    });
  });
});
