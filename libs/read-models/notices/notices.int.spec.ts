import type { NoticeIssued } from '#consent';
import { learnerStream, noticeEvent } from '#learner-file';
import { LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog, type Written } from '../fixtures/index.ts';
import { listNotices, type NoticeEntry, type NoticeQuery } from './notices.query.ts';
import { noticesView } from './notices.view.ts';

const DAY = 86_400_000;

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, noticesView);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const issued: NoticeIssued = {
  noticeId: '00000000-0000-8000-8000-000000000001',
  recipient: 'eastgate',
  reason: 'withdrawal',
  consentId: 'consent of Chloë',
  items: [3],
  issuedAt: NOON,
  due: '2026-01-10',
};
const toWestgate: NoticeIssued = { ...issued, noticeId: '00000000-0000-8000-8000-000000000002', recipient: 'westgate', due: '2026-01-12' };

const issue = (notice: NoticeIssued, learner = LEARNER): Written =>
  log.made(learnerStream(learner), () => noticeEvent(learnerStream(learner), notice, { correlation: 'c', causation: 'w' }));
const answer = (actor: string, { noticeId }: NoticeIssued, action = 'deleted'): Written =>
  log.contribution('notice.acknowledged', { actor, category: 'consent', data: { noticeId, on: '2026-01-06', action } });
const listed = async (query: Partial<NoticeQuery> = {}): Promise<readonly NoticeEntry[]> => {
  await shown.catchUp();
  return (await listNotices(shown.views, { today: '2026-01-11', ...query })).rows;
};

const entry: NoticeEntry = {
  notice: issued.noticeId,
  recipient: 'eastgate',
  learner: LEARNER,
  reason: 'withdrawal',
  position: 1,
  issuedAt: NOON,
  due: '2026-01-10',
  state: 'overdue',
};

describe('notices', () => {
  it('are open to their last day, then overdue', async () => {
    await log.append(issue(issued), issue(toWestgate));
    const other: NoticeEntry = {
      ...entry,
      notice: toWestgate.noticeId,
      recipient: 'westgate',
      position: 2,
      due: '2026-01-12',
      state: 'open',
    };
    expect(await listed()).toEqual([entry, other]);
    expect((await listed({ today: '2026-01-10' })).map(({ state }) => state)).toEqual(['open', 'open']);
    expect(await listed({ states: ['overdue'] })).toEqual([entry]);
    expect(await listed({ recipient: 'westgate' })).toEqual([other]);
  });

  it('are acknowledged by their recipient, whatever another says', async () => {
    await log.append(issue(issued), issue(toWestgate));
    log.clock.set(NOON + DAY);
    await log.append(answer('westgate', issued), answer('eastgate', issued, 'stopped-using'));
    expect((await listed({ recipient: 'eastgate' }))[0]).toEqual({
      ...entry,
      state: 'acknowledged',
      action: 'stopped-using',
      acknowledgedAt: NOON + DAY,
    });
    expect((await listed({ recipient: 'westgate' }))[0]?.state).toBe('open');
  });

  it.each([undefined, 'consent'])('go with the data of their learner (category: %s)', async (category) => {
    await log.append(issue(issued), issue(toWestgate, OTHER_LEARNER));
    await log.erase(LEARNER, category);
    expect((await listed()).map(({ recipient }) => recipient)).toEqual(['westgate']);
  });

  it('stay when another category is erased', async () => {
    await log.append(issue(issued));
    await log.erase(LEARNER, 'assessment');
    expect(await listed()).toEqual([entry]);
  });
});
