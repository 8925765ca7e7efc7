import { DISCLOSURE_REFUSED, type LookDecided, lookEvent, looksOf } from '#disclosure';
import { disclosureStream } from '#learner-file';
import { decided, decision, LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { type DisclosureEntry, type DisclosurePage, listDisclosures, refusedAboutNobody } from './disclosures.query.ts';
import { disclosures } from './disclosures.view.ts';

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, disclosures);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const listed = async (page: Partial<DisclosurePage> = {}): Promise<readonly DisclosureEntry[]> => {
  await shown.catchUp();
  return (await listDisclosures(shown.views, { limit: 10, ...page })).rows;
};
const ask = async (actor: string, items: number, learner = LEARNER): Promise<void> =>
  log.append(decision(log, { learner, actor }, decided(actor, items)));

const answered: DisclosureEntry = {
  position: 1,
  learner: LEARNER,
  recipient: 'northside',
  decidedAt: NOON,
  outcome: 'answered',
  asked: 'passport',
  route: 'learner',
  purposes: ['plan-learning', 'support-learner'],
  permitted: 3,
  refused: 2,
  withdrawn: 0,
  clauses: ['e2e-passport@1#EP1'],
  lacks: ['consent'],
};
const erased = {
  position: 1,
  learner: LEARNER,
  recipient: 'northside',
  decidedAt: NOON,
  outcome: 'erased',
  purposes: [],
  permitted: 0,
  refused: 0,
  withdrawn: 0,
  clauses: [],
  lacks: [],
};

describe('the index of disclosures', () => {
  it('tells who saw what, why and when, and who was refused', async () => {
    await ask('northside', 3);
    await ask('eastgate', 0);
    expect(await listed()).toEqual([
      { ...answered, position: 2, recipient: 'eastgate', outcome: 'not-permitted', permitted: 0, clauses: [] },
      answered,
    ]);
  });

  it('names each clause and each lack once', async () => {
    const group = { clause: 'b@1#B', level: 'full', basis: 'own', items: [1] } as const;
    const lack = { lacks: 'relationship', items: [4, 5] } as const;
    const several = {
      ...decided('northside', 1),
      permitted: [group, { ...group, clause: 'a@1#A', items: [2, 3] }, group],
      refused: [lack, { ...lack, clause: 'c@1#C' }],
    };
    await log.append(decision(log, { learner: LEARNER, actor: 'northside' }, several));
    expect(await listed()).toEqual([{ ...answered, permitted: 4, refused: 4, clauses: ['a@1#A', 'b@1#B'], lacks: ['relationship'] }]);
  });

  it('counts on a feed what left by the decision, and what the recipient had to delete', async () => {
    const { permitted, ...rest } = decided('northside', 3);
    const other = { clause: 'b@1#B', level: 'full', basis: '6(1)(e)', purpose: 'safeguard', items: [7] } as const;
    const changes = { sent: [0, 2], withdrawn: [9] };
    await log.append(
      decision(
        log,
        { learner: LEARNER, actor: 'northside' },
        { ...rest, permitted: [...permitted, other], purposes: 'any', route: 'feed', asked: 'feed', changes },
      ),
    );
    expect(await listed()).toEqual([
      { ...answered, asked: 'feed', route: 'feed', purposes: ['plan-learning'], permitted: 2, withdrawn: 1 },
    ]);
  });

  it('tells who was told whose tie waits, as long as that can be opened', async () => {
    const { permitted: _, refused: __, ...asked } = decided('operator:data-manager', 1);
    const waiting = [{ agency: 'forge', relationships: ['known-to'] }];
    const told = { ...asked, purposes: [], route: 'list' as const, asked: 'ties', permitted: [], refused: [], waiting };
    await log.append(decision(log, { learner: LEARNER, actor: 'operator:data-manager' }, told));
    const look = {
      ...answered,
      recipient: 'operator:data-manager',
      asked: 'ties',
      route: 'list',
      purposes: [],
      permitted: 1,
      refused: 0,
      clauses: [],
      lacks: [],
    };
    expect(await listed()).toEqual([look]);
    expect(await listed({ recipient: 'operator:data-manager' })).toEqual([look]);
    await log.erase(LEARNER);
    expect(await listed()).toEqual([{ ...erased, recipient: 'operator:data-manager' }]);
  });

  it('tells who looked at what lies beside the records, about one learner or about none', async () => {
    const look: LookDecided = {
      recipient: 'operator:operator',
      asked: 'explanation',
      parameters: {},
      at: NOON,
      agencies: 0,
      protocols: 0,
      linkAdvisers: -1,
      outcome: 'answered',
      ground: { basis: 'Art 28(3), 32' },
    };
    for (const [stream, about] of [
      [disclosureStream(LEARNER), LEARNER],
      [looksOf('operator:operator'), undefined],
    ] as const) {
      await log.append(log.made(stream, (id) => lookEvent({ id, correlation: 'c', about }, look)));
    }
    const told = { recipient: 'operator:operator', asked: 'explanation', route: 'look', clauses: ['Art 28(3), 32'], outcome: 'answered' };
    expect(await listed()).toMatchObject([
      { ...told, learner: '' },
      { ...told, learner: LEARNER },
    ]);
  });

  it('is searched by learner and by recipient, in pages, the latest first', async () => {
    for (let n = 0; n < 3; n++) {
      await ask('northside', 1);
      await ask('eastgate', 1, OTHER_LEARNER);
      await ask('northside', 1, OTHER_LEARNER);
    }
    const positions = async (page: Partial<DisclosurePage>): Promise<number[]> => (await listed(page)).map(({ position }) => position);
    expect(await positions({ learner: LEARNER })).toEqual([7, 4, 1]);
    expect(await positions({ recipient: 'northside', limit: 3 })).toEqual([9, 7, 6]);
    expect(await positions({ recipient: 'northside', before: 6 })).toEqual([4, 3, 1]);
    expect(await positions({ recipient: 'northside', learner: OTHER_LEARNER })).toEqual([9, 6, 3]);
    expect(await positions({ recipient: 'nobody' })).toEqual([]);
  });

  it('counts the questions about nobody of each agency', async () => {
    const refusal = async (actor: string): Promise<void> =>
      log.append(log.clear(disclosureStream('nobody'), DISCLOSURE_REFUSED, { ref: 'r', purposes: [], at: NOON }, actor));
    await refusal('northside');
    await refusal('eastgate');
    await refusal('northside');
    expect(await listed()).toEqual([]);
    expect(await refusedAboutNobody(shown.views)).toEqual({
      position: 3,
      rows: [
        { agency: 'eastgate', refused: 1, lastPosition: 2 },
        { agency: 'northside', refused: 2, lastPosition: 3 },
      ],
    });
  });

  it.each([undefined, 'disclosure'])('keeps that there was a decision, and no more, when it is erased (category: %s)', async (category) => {
    await ask('northside', 3);
    await ask('northside', 3, OTHER_LEARNER);
    expect(await listed({ learner: LEARNER })).toEqual([answered]);
    await log.erase(LEARNER, category);
    expect(await listed()).toEqual([{ ...answered, position: 2, learner: OTHER_LEARNER }, erased]);
  });

  it('is untouched by the erasure of another category', async () => {
    await ask('northside', 3);
    await log.erase(LEARNER, 'assessment');
    expect(await listed()).toEqual([answered]);
  });
});
