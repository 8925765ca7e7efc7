// Whoever received what a restriction, an objection, a rectification or a retraction concerns is told so,
// once it counts (Art 19; ADR 0015; W2, W5).
import type { EventToSend } from '#client';
import { fixedClock } from '#kernel';
import { learnerOf, noticesAbout } from './notices-told.ts';
import { about, adviser, MORNING, referral } from './told.ts';
import { assessment, consent, fresh, registration, Town, ulnOf } from './town.ts';

const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, following: true });
});
afterAll(() => town.close());

let learners = 300;
interface Person {
  readonly uln: string;
  readonly consentId: string;
  readonly assessed: EventToSend;
  /** Positions of what `careers` said. */
  readonly positions: readonly number[];
}

/** `careers` advises and has assessed; `forge` and `wulfrun` are referred to, and may read the assessment. */
const known = async (): Promise<Person> => {
  const uln = ulnOf(++learners);
  const consentId = `k-${learners}`;
  const assessed = { id: fresh('m'), ...assessment(uln, { assessmentId: `a-${learners}` }) };
  const said = [
    registration(uln, `c-${uln}`),
    adviser(uln),
    referral(uln, 'forge'),
    referral(uln, 'wulfrun'),
    assessed,
    consent(uln, consentId),
  ];
  const receipts = await town.tell('careers', ...said);
  return { uln, consentId, assessed, positions: receipts.map(({ position }) => Number(position)) };
};
const ASSESSED = 4;

const reads = async (uln: string, ...agencies: readonly string[]): Promise<void> => {
  for (const agency of agencies) expect((await town.passport(agency, 'plan-learning', `uln:${uln}`)).body.items).not.toEqual([]);
};
const toldOf = async (uln: string, count: number): Promise<readonly (readonly [string, string, readonly number[]])[]> =>
  (await noticesAbout(town, await learnerOf(town, uln), count)).map(({ notice: { recipient, reason, items } }) => [
    recipient,
    reason,
    items,
  ]);

const restriction = (uln: string, scope = {}) => about(uln, 'restriction.requested', { scope, reason: 'Disputed' });
const withdrawal = ({ uln, consentId }: Person) => about(uln, 'consent.withdrawn', { consentId, of: 'careers', by: 'learner' });
/** `anvil` knows the learner from its own doings: that alone does not make it stand. */
const stranger = async (uln: string): Promise<void> =>
  void (await town.tell('anvil', registration(uln, `x-${uln}`, { familyName: `Example-c-${uln}` })));

describe('a restriction', () => {
  it('is told to those in its scope who were shown what it concerns', async () => {
    const { uln, positions } = await known();
    await reads(uln, 'forge', 'wulfrun');
    await town.tell('careers', restriction(uln, { categories: ['assessment'], purposes: ['plan-learning'], recipients: ['college'] }));
    expect(await toldOf(uln, 1)).toEqual([['wulfrun', 'restriction', [positions[ASSESSED]]]]);
    const [told] = await noticesAbout(town, await learnerOf(town, uln), 1);
    expect(told?.notice).toMatchObject({ due: '2026-10-08' });
    expect(told?.notice).not.toHaveProperty('consentId');
  });

  it('names the merged identity as feeds and answers do', async () => {
    const { uln } = await known();
    const { body } = await town.passport('forge', 'deliver-programme', `uln:${uln}`);
    await town.tell('careers', restriction(uln, { categories: ['identity'] }));
    expect(await toldOf(uln, 1)).toEqual([['forge', 'restriction', [-1]]]);
    await town.node.projections.waitFor('notices', await town.node.store.head(), 10_000);
    const response = await fetch(`${town.server.url}/v1/notices`, { headers: { authorization: `Bearer ${await town.tokenOf('forge')}` } });
    const { notices } = (await response.json()) as { readonly notices: readonly Readonly<Record<string, unknown>>[] };
    expect(notices.find(({ learner }) => learner === body.learner)).toMatchObject({
      reason: 'restriction',
      items: [`${body.learner}/identity`],
    });
  });
});

describe('an objection', () => {
  it('is told once it is upheld', async () => {
    const { uln, positions } = await known();
    await reads(uln, 'forge');
    const scope = { categories: ['assessment'] };
    const [raised] = await town.tell('careers', about(uln, 'objection.raised', { scope, reason: 'No' }));
    await town.tell('careers', about(uln, 'objection.decided', { scope, reason: 'Weighed', outcome: 'upheld', grounds: 'Well founded' }));
    expect(await toldOf(uln, 1)).toEqual([['forge', 'objection', [positions[ASSESSED]]]]);
    const [told] = await noticesAbout(town, await learnerOf(town, uln), 1);
    expect(told?.stored.position).toBe(Number(raised?.position) + 2);
  });
});

describe('what its source says of its own', () => {
  it('set right: told to those who had read it before, and to nobody who read it since', async () => {
    const { uln, positions } = await known();
    await reads(uln, 'forge');
    await town.tell(
      'careers',
      about(uln, 'assessment.rectified', { assessmentId: `a-${learners}`, reason: 'Miscounted', assessedOn: '2026-08-31' }),
    );
    await reads(uln, 'wulfrun');
    expect(await toldOf(uln, 1)).toEqual([['forge', 'rectification', [positions[ASSESSED]]]]);
    await town.tell('careers', restriction(uln, { categories: ['assessment'], recipients: ['wulfrun'] }));
    expect((await toldOf(uln, 2)).map(([recipient, reason]) => [recipient, reason])).toEqual([
      ['forge', 'rectification'],
      ['wulfrun', 'restriction'],
    ]);
  });

  it('taken back: told to whoever had read it', async () => {
    const { uln, assessed, positions } = await known();
    await reads(uln, 'forge');
    await town.tell('careers', about(uln, 'record.retracted', { of: String(assessed.id), reason: 'wrong-learner' }));
    expect(await toldOf(uln, 1)).toEqual([['forge', 'retraction', [positions[ASSESSED]]]]);
  });
});

describe('what an agency says that does not stand', () => {
  it('is told when it comes to stand: a withdrawal', async () => {
    const person = await known();
    const { uln } = person;
    await stranger(uln);
    await town.tell('anvil', withdrawal(person));
    await reads(uln, 'forge');
    const [referred] = await town.tell('careers', referral(uln, 'anvil'));
    const [told] = await noticesAbout(town, await learnerOf(town, uln), 1);
    expect(told?.notice).toMatchObject({ recipient: 'forge', reason: 'withdrawal', consentId: person.consentId });
    expect(told?.stored.position).toBeGreaterThan(Number(referred?.position));
  });

  it('is told when it comes to stand again: an assessment set right, also to those who read it in between', async () => {
    const { uln } = await known();
    const [first, assessmentId] = [fresh('r'), fresh('a')];
    await town.tell('careers', referral(uln, 'anvil', { referralId: first }));
    await stranger(uln);
    const [own] = await town.tell('anvil', assessment(uln, { assessmentId, domain: 'numeracy' }));
    await town.tell('anvil', about(uln, 'referral.declined', { referralId: first }));
    await town.tell('anvil', about(uln, 'assessment.rectified', { assessmentId, reason: 'Miscounted', assessedOn: '2026-08-31' }));
    await reads(uln, 'forge');
    await town.tell('careers', referral(uln, 'anvil'));
    await reads(uln, 'wulfrun');
    expect(await toldOf(uln, 1)).toEqual([['forge', 'rectification', [Number(own?.position)]]]);
  });
});

describe('a receipt', () => {
  const objection = (uln: string) => about(uln, 'objection.raised', { scope: {}, reason: 'No' });
  const retraction = (uln: string, { id }: EventToSend) => about(uln, 'record.retracted', { of: String(id), reason: 'other' });

  it.each([
    ['restricts', (uln: string) => restriction(uln)],
    ['objects', objection],
    ['retracts', retraction],
    ['lets a withdrawal take effect that was said before', (uln: string) => referral(uln, 'anvil')],
  ])('of what %s waits until nothing about the learner is on its way', async (_what, event) => {
    const person = await known();
    const { uln, assessed } = person;
    await stranger(uln);
    await town.tell('anvil', withdrawal(person));
    const arrived = town.node.inFlight.begin([await learnerOf(town, uln)]);
    const before = await town.node.store.head();
    let isTold = false;
    const telling = town.tell('careers', event(uln, assessed)).then(() => void (isTold = true));
    while ((await town.node.store.head()) === before) await new Promise((resolve) => setImmediate(resolve));
    await town.tell('careers', registration(ulnOf(++learners), fresh('c')));
    expect(isTold).toBe(false);
    arrived();
    await telling;
  });

  it('of anything else does not', async () => {
    const { uln } = await known();
    const arrived = town.node.inFlight.begin([await learnerOf(town, uln)]);
    await town.tell('careers', assessment(uln, { domain: 'numeracy' }));
    arrived();
  });
});
