import { disclosureStream } from '#learner-file';
import { DISCLOSURE_REFUSED, type DisclosureDecided } from '#disclosure';
import { decided, decision, LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { countAgencyLooks, dayOfAgencyLook, proposeAgencyLooks } from './agency-looks.query.ts';
import { flowsView } from './flows.view.ts';

const DAY = 86_400_000;

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

const look = (recipient: string, more: Partial<DisclosureDecided> = {}, learner = LEARNER): Promise<void> =>
  log.append(decision(log, { learner, actor: recipient }, { ...decided(recipient, 2), ...more }));
const refused = (recipient: string): Promise<void> =>
  log.append(decision(log, { learner: LEARNER, actor: recipient }, decided(recipient, 0)));
const daysOf = async (agency: string, from = '2026-01-01', to = '2026-01-31') => {
  await shown.catchUp();
  const { rows } = await countAgencyLooks(shown.views, { agency, from, to });
  return rows.map(({ day, looks, refused }) => [day, looks, refused]);
};

describe('looks by day of an agency', () => {
  it('are those of its own staff, refused ones too, and those that showed what it told', async () => {
    await look('northside');
    await refused('northside');
    log.clock.set(NOON + DAY);
    await look('eastgate');
    expect(await daysOf('northside')).toEqual([['2026-01-05', 2, 1]]);
    expect(await daysOf('southside')).toEqual([
      ['2026-01-05', 1, 0],
      ['2026-01-06', 1, 0],
    ]);
    expect(await daysOf('southside', '2026-01-06')).toEqual([['2026-01-06', 1, 0]]);
    expect(await daysOf('westgate')).toEqual([]);
  });

  it('are the day’s in London', async () => {
    log.clock.set(Date.UTC(2026, 5, 30, 23, 30));
    await look('northside');
    expect(await daysOf('northside', '2026-07-01', '2026-07-01')).toEqual([['2026-07-01', 1, 0]]);
  });

  it('are of learners alone with whom whoever asked has to do: who is somebody does not show', async () => {
    const unknown = { ...decided('northside', 0), outcome: 'not-known' } as const;
    await log.append(decision(log, { learner: LEARNER, actor: 'northside' }, unknown));
    expect(await daysOf('northside')).toEqual([]);
  });

  it('are not what feeds send, what receipts tell, what learners look at of their own, nor questions about nobody', async () => {
    await look('northside', { route: 'feed', asked: 'feed', purposes: 'any', changes: { sent: [0, 1], withdrawn: [] } });
    await look('northside', { asked: 'existing:a-1' });
    await look('operator:learner');
    await log.append(log.clear(disclosureStream('nobody'), DISCLOSURE_REFUSED, { ref: 'r', purposes: [], at: NOON }, 'northside'));
    expect(await daysOf('northside')).toEqual([]);
    expect(await daysOf('southside')).toEqual([]);
  });

  it('are proposed one by one, the latest first, and known by their positions', async () => {
    await look('northside');
    await look('eastgate', {}, OTHER_LEARNER);
    await look('northside');
    await shown.catchUp();
    const asked = { agency: 'southside', day: '2026-01-05', limit: 10 };
    expect(await proposeAgencyLooks(shown.views, asked)).toEqual([
      { position: 3, learner: LEARNER },
      { position: 2, learner: OTHER_LEARNER },
      { position: 1, learner: LEARNER },
    ]);
    expect((await proposeAgencyLooks(shown.views, { ...asked, before: 3, limit: 1 })).map(({ position }) => position)).toEqual([2]);
    const dayAt = (position: number) => dayOfAgencyLook(shown.views, { agency: 'eastgate', position });
    expect([await dayAt(1), await dayAt(3)]).toEqual([undefined, undefined]);
    expect(await dayAt(2)).toBe('2026-01-05');
  });

  it.each([undefined, 'disclosure'])('go with the decisions that are erased (category: %s)', async (category) => {
    await look('northside');
    await look('northside', {}, OTHER_LEARNER);
    await log.erase(LEARNER, category);
    expect(await daysOf('northside')).toEqual([['2026-01-05', 1, 0]]);
  });
});
