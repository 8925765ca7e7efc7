// Whom the view proposes, and what a row says of what the gate let through (views.md, S6).
import type { AnswerItem } from '#disclosure';
import { LINK_ADVISERS } from '#learner-file';
import {
  askerOf,
  USUAL_PARTNERSHIP,
  USUAL_PERIODS,
  LEARNER,
  OTHER_LEARNER,
  rowOf as rowFrom,
  type Shown,
  showing,
  TestLog,
  type Written,
} from '../fixtures/index.ts';
import type { AnyRow, Place } from '../lists/index.ts';
import { onProgramme } from './on-programme.list.ts';

type Data = Readonly<Record<string, unknown>>;

describe('the list of everybody on programme proposes', () => {
  let log: TestLog;
  let shown: Shown;

  beforeEach(() => {
    log = new TestLog();
    shown = showing(log, onProgramme.view);
  });
  afterEach(async () => {
    await shown.close();
    await log.close();
  });

  const started = (learner: string, actor: string, startedOn: string): Written =>
    log.contribution('programme.started', { learner, actor, category: 'programme', data: { programmeId: 'p', startedOn } });
  /** Of no learner: sealed under the agency's own key. */
  const linked = (actor: string, provider: string): Written =>
    log.made(LINK_ADVISERS, (id) => {
      const type = 'uk.concordat.link-adviser.assigned.v1';
      const key = { owner: `agency-${actor}`, category: 'adviser' };
      const bytes = Buffer.from(JSON.stringify({ type, data: { provider, name: 'x' } }));
      return { id, type, meta: { actor, correlation: 'c', schema: 1, ...key }, content: { header: { t: 0, roles: [] }, bytes } };
    });
  const proposed = async (asker: string, after?: Place, limit = 100) => {
    await shown.catchUp();
    return (
      await onProgramme.propose(shown.views, {
        asker: askerOf(asker),
        on: '2026-12-31',
        chosen: {},
        periods: USUAL_PERIODS,
        partnership: USUAL_PARTNERSHIP,
        limit,
        ...(after && { after }),
      })
    ).candidates;
  };
  it('whether anybody was enrolled with the asker itself is known, and nothing of whom it links', async () => {
    await log.append(started(LEARNER, 'bct', '2026-09-07'), linked('careers', 'bct'));
    await shown.catchUp();
    const own = (slug: string) => onProgramme.hasOwn?.(shown.views, askerOf(slug));
    expect([await own('bct'), await own('careers'), await own('hts')]).toEqual([true, false, false]);
    await log.erase(LEARNER);
    await shown.catchUp();
    expect(await own('bct')).toBe(false);
  });

  const places = async (asker: string): Promise<readonly unknown[]> => (await proposed(asker)).map(({ place }) => place.slice(0, 2));

  const town = async (): Promise<void> => {
    await log.append(
      started(LEARNER, 'bct', '2026-01-05'),
      started(LEARNER, 'hts', '2026-02-05'),
      started(OTHER_LEARNER, 'bct', '2026-01-07'),
    );
    await log.append(started(LEARNER, 'bct', '2026-03-05'), started(OTHER_LEARNER, 'forge', '2026-04-05'));
  };

  it('to a provider its own, a row a programme, the latest first', async () => {
    await town();
    expect(await places('bct')).toEqual([
      ['2026-03-05', LEARNER],
      ['2026-01-07', OTHER_LEARNER],
      ['2026-01-05', LEARNER],
    ]);
    expect((await proposed('bct')).map(({ anchor }) => anchor)).toEqual([2, 0, 0]);
  });

  it('to a careers service those of the providers that it linked, page by page in one order', async () => {
    await town();
    await log.append(...['bct', 'hts'].map((provider) => linked('careers', provider)));
    const all = (await proposed('careers')).map(({ place }) => place);
    expect(all.map(([day]) => day)).toEqual(['2026-03-05', '2026-02-05', '2026-01-07', '2026-01-05']);
    const paged: Place[] = [];
    for (;;) {
      const page = await proposed('careers', paged.at(-1), 1);
      if (page.length === 0) break;
      paged.push(...page.slice(0, 1).map(({ place }) => place));
    }
    expect(paged).toEqual(all);
    expect(await places('south')).toEqual([]);
  });

  it.each([undefined, 'programme'])('nobody who was erased (category: %s)', async (category) => {
    await town();
    await log.erase(LEARNER, category);
    expect(await places('bct')).toEqual([['2026-01-07', OTHER_LEARNER]]);
  });
});

describe('a row of everybody on programme', () => {
  const item = (short: string, data: Data, source = 'bct'): AnswerItem => ({
    type: `uk.concordat.${short}.v1`,
    source: `urn:concordat:agency:${source}`,
    category: 'x',
    clause: 'e2e-passport@1#EP7',
    basis: 'x',
    level: 'full',
    data,
  });
  const STARTED = item('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-07-06' });
  const rowOf = (on: string, ...items: readonly AnswerItem[]): AnyRow | undefined => rowFrom(onProgramme, on, [STARTED, ...items]);

  it('is of the programme that makes it, from its first day on', () => {
    expect([rowOf('2026-07-05'), rowFrom(onProgramme, '2026-07-06', [STARTED], { anchor: 3 })]).toEqual([undefined, undefined]);
    expect(rowOf('2026-07-06')).toEqual({
      givenName: null,
      familyName: null,
      of: 'bct',
      programmeId: 'p',
      kind: 'e2e',
      startedOn: '2026-07-06',
      route: null,
      referredBy: null,
      adviserAssigned: false,
      adviserRole: null,
      left: null,
    });
  });

  it('says by whom the learner was referred there, not elsewhere', () => {
    const referrals = [
      item('referral.made', { to: 'bct', route: 'school' }, 'st-chads'),
      item('referral.made', { to: 'hts', route: 'connexions' }, 'careers'),
    ];
    expect(rowOf('2026-07-06', ...referrals)).toMatchObject({ route: 'school', referredBy: 'st-chads' });
  });

  it('says whether an adviser has the learner now', () => {
    const assigned = item('learner.adviser-assigned', { role: 'personal-adviser' }, 'careers');
    const worker = item('learner.adviser-assigned', { role: 'key-worker' });
    const ended = item('learner.adviser-ended', { role: 'personal-adviser', on: '2026-08-01' }, 'careers');
    const linked = [[worker], [assigned, worker], [assigned, ended]].map((items) => rowOf('2026-08-01', ...items)?.['adviserAssigned']);
    expect(linked).toEqual([false, true, false]);
    expect(rowOf('2026-07-31', assigned, ended)).toMatchObject({ adviserAssigned: true, adviserRole: 'personal-adviser' });
  });

  it('takes the word of whoever does not stand with the learner for no adviser: nobody slips through the net by it', () => {
    const assigned = item('learner.adviser-assigned', { role: 'personal-adviser' }, 'careers-of-elsewhere');
    expect(rowOf('2026-08-01', { ...assigned, confirmed: false })).toMatchObject({ adviserAssigned: false, adviserRole: null });
  });

  it('says how it ended, from that day on', () => {
    const left = item('programme.left-early', { programmeId: 'p', leftOn: '2026-09-27', reasonGroup: 'employment' });
    const others = item('programme.left-early', { programmeId: 'p', leftOn: '2026-09-20', reason: 'other' }, 'hts');
    expect([rowOf('2026-09-26', others, left)?.['left'], rowOf('2026-09-27', others, left)?.['left']]).toEqual([
      null,
      { on: '2026-09-27', reason: 'employment' },
    ]);
    const moved = item('programme.moved-on', { programmeId: 'p', on: '2026-10-01' });
    expect(rowOf('2026-10-01', moved)).toMatchObject({ left: { on: '2026-10-01', reason: null } });
  });

  it('is chosen by provider and by whether it is linked; those stand first who are there and are not', () => {
    const row = (...items: readonly AnswerItem[]): AnyRow => rowOf('2026-10-01', ...items) as AnyRow;
    const assigned = row(item('learner.adviser-assigned', { role: 'link-adviser' }, 'careers'));
    const left = row(item('programme.left-early', { programmeId: 'p', leftOn: '2026-09-27' }));
    expect(
      [{ linked: 'false' }, { linked: 'true' }, { provider: 'bct' }, { provider: 'hts' }].map((one) => onProgramme.matches(assigned, one)),
    ).toEqual([false, true, true, false]);
    expect([left, assigned, row()].sort((one, other) => onProgramme.order(one, other))).toEqual([row(), assigned, left]);
  });
});
