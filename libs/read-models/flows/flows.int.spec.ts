// Flows as recorded decisions make them: counted by month, each learner once in a month, and not at all once erased.
import type { DisclosureDecided } from '#disclosure';
import { decided, decision, LEARNER, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { countFlows, type FlowsCounted } from './flows.query.ts';
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

const tell = async (actor: string, more: Partial<DisclosureDecided> = {}, learner = LEARNER): Promise<void> =>
  log.append(decision(log, { learner, actor }, { ...decided(actor, 3), ...more }));
const counted = async (from = '2026-01', to = '2026-12'): Promise<FlowsCounted> => {
  await shown.catchUp();
  return countFlows(shown.views, { from, to });
};
const FLOW = { category: 'assessment', recipient: 'northside', basis: '6(1)(e)', reliesOnConsent: false };

describe('flows', () => {
  it('count decisions and learners by who gave what to whom, and for all sources together', async () => {
    await tell('northside');
    await tell('northside');
    await tell('northside', {}, OTHER_LEARNER);
    const { flows } = await counted();
    expect(flows).toEqual([
      { ...FLOW, source: '', decisions: 3, learners: 2 },
      { ...FLOW, source: 'southside', decisions: 3, learners: 2 },
    ]);
  });

  it('tell consent from other grounds, and two sources in one answer from one', async () => {
    await tell('northside', {
      given: [
        ['southside', 'assessment', '6(1)(e)', 'consent'],
        ['eastgate', 'assessment', '6(1)(e)', 'consent'],
      ],
    });
    const { flows } = await counted();
    expect(flows.map(({ source, reliesOnConsent, decisions }) => [source, reliesOnConsent, decisions])).toEqual([
      ['', true, 1],
      ['eastgate', true, 1],
      ['southside', true, 1],
    ]);
  });

  it('count the clauses that permitted, on a feed those of what was sent', async () => {
    const own = { clause: 'own', level: 'full', basis: 'own', items: [4] } as const;
    const unsent = { clause: 'a@1#A2', level: 'full', basis: '6(1)(e)', items: [5] } as const;
    await tell('northside', {
      route: 'feed',
      permitted: [...decided('northside', 2).permitted, own, unsent],
      changes: { sent: [1, 4], withdrawn: [] },
    });
    expect((await counted()).clauses).toEqual([{ clause: 'e2e-passport@1#EP1', recipient: 'northside', decisions: 1 }]);
  });

  it('are none where nothing of others’ was let through, and none of another month', async () => {
    await log.append(decision(log, { learner: LEARNER, actor: 'northside' }, decided('northside', 0)));
    expect(await counted()).toMatchObject({ flows: [], clauses: [] });
    await tell('northside');
    expect((await counted('2025-01', '2025-12')).flows).toEqual([]);
  });

  it('to an office name whose it was alone', async () => {
    await tell('operator:dpo-partnership');
    expect((await counted()).flows.map(({ source }) => source)).toEqual(['southside']);
  });

  it.each([undefined, 'disclosure'])('leave out whoever is erased (category: %s)', async (category) => {
    await tell('northside');
    await tell('northside', {}, OTHER_LEARNER);
    expect((await counted()).flows[0]).toMatchObject({ decisions: 2, learners: 2 });
    await log.erase(LEARNER, category);
    expect((await counted()).flows[0]).toMatchObject({ decisions: 1, learners: 1 });
  });
});
