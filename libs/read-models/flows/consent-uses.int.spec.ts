import { consentDigest, type ConsentUses, type DisclosureDecided } from '#disclosure';
import { decided, decision, LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { consentUses } from './consent-uses.query.ts';
import { flowsView } from './flows.view.ts';

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, flowsView);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const K = 'northside/consent of Chloë';
const relying = (items: readonly number[], changes?: DisclosureDecided['changes'], consent = K): DisclosureDecided => {
  const { permitted, ...rest } = decided('eastgate', 1);
  const rests = { clause: 'e2e-passport@1#EP3', level: 'full', basis: '6(1)(e)', consent: { id: consent, revision: 1 }, items } as const;
  return { ...rest, permitted: [...permitted, rests], ...(changes && { route: 'feed', asked: 'feed', purposes: 'any', changes }) };
};
const decide = (outcome: DisclosureDecided, learner = LEARNER): Promise<void> =>
  log.append(decision(log, { learner, actor: 'eastgate' }, outcome));
const uses = async (learner = LEARNER): Promise<ConsentUses> => {
  await shown.catchUp();
  return consentUses(shown.views, learner);
};
const consent = consentDigest(K);
const used = (items: readonly number[]) => ({ consent, recipient: 'eastgate', items, groups: [{ items }] });
const NONE: Omit<ConsentUses, 'position'> = { relied: [], fed: [], taken: [] };

describe('what relied on consents', () => {
  it('is a row for whatever a decision used, with the last by which it left and how many did, and names no consent', async () => {
    await decide(relying([3, 4]));
    await decide(relying([3, 4]));
    await decide(relying([4]));
    await decide(decided('eastgate', 2));
    expect(await uses()).toEqual({
      ...NONE,
      position: 4,
      relied: [
        { ...used([3, 4]), named: 2, shown: { position: 2, at: NOON }, times: 2 },
        { ...used([4]), named: 3, shown: { position: 3, at: NOON }, times: 1 },
      ],
    });
    expect(consent).not.toContain('Chloë');
  });

  it('is once what one decision used for several purposes', async () => {
    const { permitted, ...rest } = relying([3]);
    const [own, group] = permitted;
    if (own === undefined || group === undefined) throw new Error('It relies on the consent.');
    await decide({
      ...rest,
      permitted: [own, { ...group, purpose: 'plan-learning' }, { ...group, items: [4], purpose: 'support-learner' }],
    });
    const groups = [
      { purpose: 'plan-learning', items: [3] },
      { purpose: 'support-learner', items: [4] },
    ];
    expect(await uses()).toMatchObject({ relied: [{ items: [3, 4], groups, times: 1 }] });
  });

  it('is on a feed what was sent, and what stands there on which consent by the last decision', async () => {
    await decide(relying([3, 4], { sent: [3], withdrawn: [] }));
    const relied = [
      { ...used([3]), named: 1, shown: { position: 1, at: NOON }, times: 1 },
      { ...used([4]), named: 1, times: 0 },
    ];
    expect(await uses()).toEqual({
      position: 1,
      relied,
      fed: [
        { recipient: 'eastgate', item: 3, consent },
        { recipient: 'eastgate', item: 4, consent },
      ],
      taken: [],
    });
    await decide({ ...relying([3], { sent: [], withdrawn: [4] }, 'northside/k-2') });
    expect(await uses()).toMatchObject({
      fed: [{ item: 3, consent: consentDigest('northside/k-2') }],
      taken: [{ recipient: 'eastgate', item: 4, position: 2, at: NOON }],
    });
  });

  it('is told of what was merged into a record, too, by places that are no whole numbers', async () => {
    await decide(relying([3.5], { sent: [3.5], withdrawn: [] }));
    expect(await uses()).toMatchObject({ relied: [{ items: [3.5] }], fed: [{ item: 3.5 }] });
  });

  it.each([undefined, 'disclosure'])('goes with the decisions that are erased (category: %s)', async (category) => {
    await decide(relying([3], { sent: [3], withdrawn: [4] }));
    await decide(relying([3]), OTHER_LEARNER);
    await log.erase(LEARNER, category);
    expect(await uses()).toEqual({ ...NONE, position: 3 });
    expect((await uses(OTHER_LEARNER)).relied).toHaveLength(1);
  });

  it('stays when the consents are erased', async () => {
    await decide(relying([3]));
    await log.erase(LEARNER, 'consent');
    expect((await uses()).relied).toHaveLength(1);
  });
});
