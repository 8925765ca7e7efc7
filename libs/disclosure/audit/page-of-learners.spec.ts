// Pages of consents and withdrawals across learners, over a real gate.
import type { OfficeAsker } from '#access';
import { assessment, connexions, consent, person, programme, provider, told, yot } from '#contribution/fixtures';
import type { AgencySlug, LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { consentDigest } from '../disclosure-log.ts';
import { GateTown } from '../fixtures/index.ts';
import { looksOf } from '../looks/index.ts';
import { Oversight, type UsesOf } from './index.ts';

const MINUTE = 60_000;
const PARTNERSHIP: OfficeAsker = { office: 'dpo-partnership', staff: 'olu' };
const officerOf = ({ slug }: { readonly slug: AgencySlug }): OfficeAsker => ({ office: `dpo-of:${slug}` });
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

describe('a page across learners', () => {
  const usesOf: UsesOf = async () => ({ position: Infinity, relied: [], fed: [], taken: [] });
  const all = { by: 'begun', place: Infinity, limit: 10, parameters: {}, isWanted: () => true, usesOf } as const;
  const begun = async () =>
    (await town.store.readAll({ limit: 10_000 }))
      .filter(({ type, stream }) => type === 'uk.concordat.consent.given.v1' && stream.startsWith('learner-'))
      .map(({ position, stream }) => ({ position, learner: stream.slice('learner-'.length) }))
      .reverse();
  const propose = async (before: number, limit: number) => (await begun()).filter(({ position }) => position < before).slice(0, limit);

  it('records each learner on it, whose rows alone are told, and goes on behind the last', async () => {
    const bea = await town.tell([
      told(connexions, 'learner.registered', { ...person, localId: 'l-2' }),
      told(connexions, 'consent.given', consent('k-2')),
    ]);
    const first = await oversight.consents({ ...all, limit: 1, asker: PARTNERSHIP, propose });
    expect(first).toMatchObject({ outcome: 'answered', rows: [{ id: `${connexions.slug}/k-2` }] });
    const next = first.outcome === 'answered' ? (first.next ?? 0) : 0;
    expect(await oversight.consents({ ...all, asker: PARTNERSHIP, propose, place: next })).toMatchObject({ rows: [{ id: K1 }] });
    const looked = async (learner: LearnerId) => (await town.recorded(disclosureStream(learner))).length;
    expect([await looked(ann), await looked(bea)]).toEqual([1, 1]);
    expect(await town.recorded(looksOf('operator:dpo-partnership'))).toHaveLength(2);
  });

  it('holds nothing of others’ affairs, and leaves no look at whom it does not show', async () => {
    const page = await oversight.consents({ ...all, asker: officerOf(provider), propose });
    expect(page).toMatchObject({ outcome: 'answered', rows: [] });
    expect(await town.recorded(disclosureStream(ann))).toEqual([]);
    expect(await oversight.consents({ ...all, asker: { office: 'data-manager' }, propose })).toMatchObject({ outcome: 'not-permitted' });
  });

  it('is read from the log for a while alone: what is left is asked for by the next page', async () => {
    const far = Array.from({ length: 500 }, (_, n) => ({ position: 10_000 - n, learner: ann }));
    const nothing = async (before: number, limit: number) => far.filter(({ position }) => position < before).slice(0, limit);
    const page = await oversight.consents({ ...all, asker: PARTNERSHIP, propose: nothing, isWanted: () => false });
    expect(page).toMatchObject({ outcome: 'answered', rows: [], next: 10_000 - 199 });
  });

  it('of decisions tells each as the learner’s own page does, and nothing of what is no decision about the learner', async () => {
    await passportBy(provider.slug);
    await passportBy(yot.slug);
    const bea = await town.tell([told(connexions, 'learner.registered', { ...person, localId: 'l-2' })]);
    await oversight.overview({ asker: PARTNERSHIP, learner: bea });
    const events = await town.store.readAll({ limit: 10_000 });
    for (const asker of [PARTNERSHIP, ...[connexions, provider, yot].map(officerOf)]) {
      const audited = await town.gate.audit({ asker, learner: ann, parameters: {} });
      const expected = audited.outcome === 'answered' ? audited.told.filter(({ position }) => position <= events.length) : [];
      const proposed = events.map(({ position }) => ({ position, learner: ann })).reverse();
      const propose = async (before: number, limit: number) => proposed.filter(({ position }) => position < before).slice(0, limit);
      const page = await oversight.looks({ asker, place: Infinity, limit: 50, parameters: {}, propose });
      const rows = page.outcome === 'answered' ? page.rows.map(({ learner: _, localId: __, ...row }) => row) : [];
      expect(rows).toEqual(expected);
    }
  });

  it('of withdrawals tells how each bit, from the decisions where the view does not suffice', async () => {
    await passportBy(provider.slug);
    later(MINUTE);
    await withdraw();
    const withdrawn = async () => {
      const events = await town.store.readAll({ limit: 10_000 });
      return events
        .filter(({ type }) => type.includes('consent.withdrawn'))
        .map(({ position, revision, recordedAt }) => ({ position, revision, recordedAt, learner: ann }));
    };
    const unknown = {
      consent: consentDigest(K1),
      recipient: provider.slug,
      items: [1000],
      groups: [{ items: [1000] }],
      named: 1,
      times: 0,
    };
    const notEnough: UsesOf = async () => ({ position: Infinity, relied: [unknown], fed: [], taken: [] });
    const page = { place: Infinity, limit: 10, parameters: {}, propose: withdrawn, usesOf: notEnough };
    expect(await oversight.withdrawals({ ...page, asker: PARTNERSHIP })).toMatchObject({
      rows: [{ id: K1, reliedOnAfter: 0, lastBefore: { recipient: provider.slug } }],
    });
    expect(await oversight.withdrawals({ ...page, asker: officerOf(yot) })).toMatchObject({ rows: [] });
    const asked = { ...page, by: 'withdrawn', isWanted: () => true } as const;
    expect(await oversight.consents({ ...asked, asker: PARTNERSHIP })).toMatchObject({ rows: [{ id: K1, status: 'withdrawn' }] });
  });
});
