// What a recipient wrote of consent for itself counts less than what another wrote for it (sharing-matrix.md, W5); narrowing in one batch.
import type { EventToSend, Receipt } from '#client';
import { about } from '../told.ts';
import { consent } from '../town.ts';
import { by, clausesOf, consentOf, EXPLICIT, type Script, StandingTown, honestStory } from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const PURPOSES = ['plan-learning', 'support-learner'];
const CATEGORIES = ['assessment', 'circumstance-special'];

/** The honest story but for its consent. */
const withoutConsent: Script = (uln) => honestStory(uln).filter(({ event }) => event.type !== 'consent.given');

const learner = async (): Promise<string> => {
  const uln = standing.newUln();
  await standing.tell(withoutConsent(uln));
  return uln;
};
const own = (uln: string, more: Parameters<typeof consent>[2] = {}): EventToSend =>
  consent(uln, `own-${uln}`, { method: 'signed-form', purposes: PURPOSES, categories: CATEGORIES, recipients: ['forge'], ...more });
const opened = async (uln: string): Promise<readonly string[]> =>
  clausesOf(await standing.answerTo('forge', uln, PURPOSES.join())).filter((clause) => ['EP3', 'EP6', 'YJ3'].includes(clause));

describe("a provider's own consent", () => {
  it('without evidence opens nothing for itself', async () => {
    const uln = await learner();
    await standing.tell(by('forge', own(uln)));
    expect(await opened(uln)).toEqual([]);
  });

  it.each([
    ['by its slug', ['forge']],
    ['by its role', ['provider']],
  ])('with evidence opens personal data %s, and nothing that is sensitive', async (_how, recipients) => {
    const uln = await learner();
    await standing.tell(by('forge', own(uln, { ...EXPLICIT, recipients })));
    expect(await opened(uln)).toEqual(['EP3']);
  });

  it.each(['careers', 'own-page'])('opens what is sensitive too once %s confirmed it', async (confirmer) => {
    const uln = await learner();
    await standing.tell(by('forge', own(uln, EXPLICIT)));
    await standing.tell(by(confirmer, about(uln, 'consent.confirmed', { consentId: `own-${uln}`, of: 'forge' })));
    expect(await opened(uln)).toEqual(['EP3', 'EP6']);
  });

  it('is confirmed by nobody whom it names, nor by itself', async () => {
    const uln = await learner();
    await standing.tell(by('forge', own(uln, { ...EXPLICIT, recipients: ['forge', 'careers'] })));
    const confirmed = about(uln, 'consent.confirmed', { consentId: `own-${uln}`, of: 'forge' });
    await standing.receiptsFor([...by('careers', confirmed), ...by('forge', confirmed)]);
    expect(await opened(uln)).toEqual(['EP3']);
  });

  it('counts for other recipients outright, since its source stands', async () => {
    const uln = await learner();
    await standing.tell(by('forge', own(uln, { recipients: ['college'] })));
    await standing.tell(by('careers', about(uln, 'referral.made', { referralId: `c-${uln}`, to: 'wulfrun', route: 'connexions' })));
    expect(clausesOf(await standing.answerTo('wulfrun', uln, 'plan-learning'))).toContain('EP3');
  });

  it('of youth justice opens the order only once another confirmed it', async () => {
    const uln = await learner();
    const scope = { ...EXPLICIT, protocol: 'youth-justice', purposes: ['support-learner'], categories: ['offence'] };
    await standing.tell(by('forge', own(uln, scope)));
    expect(await opened(uln)).toEqual([]);
    await standing.tell(by('city-yot', about(uln, 'consent.confirmed', { consentId: `own-${uln}`, of: 'forge' })));
    expect(await opened(uln)).toEqual(['YJ3']);
  });
});

describe('narrowing in one batch', () => {
  const narrower = (uln: string, more: Parameters<typeof consent>[2] = {}): EventToSend =>
    consent(uln, `narrow-${uln}`, { ...EXPLICIT, purposes: ['plan-learning'], categories: ['assessment'], recipients: ['forge'], ...more });
  const former = (uln: string, more: { readonly consentId?: string } = {}): EventToSend =>
    about(uln, 'consent.withdrawn', { consentId: consentOf(uln), by: 'learner', ...more });
  const codes = (receipts: readonly Receipt[]): readonly string[] => receipts.map(({ problem, outcome }) => problem?.code ?? outcome);
  const send = async (...events: readonly EventToSend[]): Promise<readonly string[]> =>
    codes(await standing.town.send('careers', ...events));

  it('leaves the smaller scope', async () => {
    const uln = await standing.honestLearner();
    expect(await opened(uln)).toEqual(['EP3', 'EP6']);
    expect(await send(narrower(uln), former(uln))).toEqual(['accepted', 'accepted']);
    expect(await opened(uln)).toEqual(['EP3']);
  });

  it('is recorded together or not at all: a fault of the new one keeps the former', async () => {
    const uln = await standing.honestLearner();
    expect(await send(narrower(uln, { categories: ['assessments'] }), former(uln))).toEqual(['schema', 'schema']);
    expect(await opened(uln)).toEqual(['EP3', 'EP6']);
  });

  it('and a fault of the withdrawal keeps the new one out', async () => {
    const uln = await standing.honestLearner();
    expect(await send(narrower(uln), former(uln, { consentId: 'unknown' }))).toEqual(['unknown-reference', 'unknown-reference']);
    expect(await send(narrower(uln), former(uln))).toEqual(['accepted', 'accepted']);
  });

  it('holds for one learner and protocol alone: of another each stands for itself', async () => {
    const [one, other] = [await standing.honestLearner(), await standing.honestLearner()];
    expect(await send(narrower(one, { categories: ['assessments'] }), former(other))).toEqual(['schema', 'accepted']);
    expect(await opened(one)).toEqual(['EP3', 'EP6']);
    expect(await opened(other)).toEqual([]);
  });
});
