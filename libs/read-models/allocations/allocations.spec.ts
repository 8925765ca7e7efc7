// Who has to be given an adviser, since when and why (views.md, S5 and part 4).
import type { AnswerItem } from '#disclosure';
import { askerOf, rowOf, seen } from '../fixtures/index.ts';
import { allocations } from './allocations.list.ts';

const asker = askerOf('careers', { roles: ['connexions'], districts: ['WV1', 'WV14 8'] });
const STARTED = seen('programme.started', { programmeId: 'p', startedOn: '2026-09-07' }, 'hts');
const self = seen('referral.made', { referralId: 's', to: 'hts', route: 'self' }, 'hts', { time: '2026-09-02' });
const assigned = (role = 'personal-adviser', source = 'careers', time = '2026-09-03') =>
  seen('learner.adviser-assigned', { role, name: 'Priya' }, source, { time });
const ended = seen('learner.adviser-ended', { role: 'personal-adviser', on: '2026-09-20' });
const on = (day: string, items: readonly AnswerItem[], anchor = Math.max(0, items.indexOf(STARTED))) =>
  rowOf(allocations, day, items, { anchor, asker });

describe('an allocation', () => {
  it('is due five days after the learner came, until an adviser has them; the link adviser stands in meanwhile', () => {
    expect(on('2026-09-08', [self, STARTED])).toMatchObject({
      state: 'to-allocate',
      why: 'self-referral',
      since: '2026-09-02',
      due: '2026-09-07',
      responsible: { agency: 'careers', name: null, byFallback: true },
    });
    expect(on('2026-09-08', [self, STARTED, assigned()])).toMatchObject({
      state: 'allocated',
      adviserAssigned: 'personal-adviser',
      responsible: { agency: 'careers', name: 'Priya', byFallback: false },
      why: null,
      due: null,
    });
    expect(on('2026-09-08', [self, STARTED, assigned('key-worker')])?.['state']).toBe('to-allocate');
    expect(on('2026-09-08', [self, STARTED, assigned(), assigned('dedicated-adviser', 'yot')])).toMatchObject({
      adviserAssigned: 'personal-adviser',
      responsible: { agency: 'careers' },
    });
  });

  it('is overdue from the day after, as long as nobody has the learner', () => {
    const overdue = (day: string, ...more: readonly AnswerItem[]) => on(day, [self, STARTED, ...more])?.['overdue'];
    expect([overdue('2026-09-07'), overdue('2026-09-08'), overdue('2026-09-08', assigned())]).toEqual([false, true, false]);
  });

  it('of whoever came by another way is done by an adviser found since, and not by one who had the learner before', () => {
    const before = assigned('personal-adviser', 'careers', '2026-09-01');
    expect(on('2026-09-08', [before, self, STARTED])).toMatchObject({
      state: 'to-allocate',
      why: 'self-referral',
      since: '2026-09-02',
      due: '2026-09-07',
      adviserAssigned: 'personal-adviser',
      responsible: { agency: 'careers', name: 'Priya', byFallback: false },
    });
    expect(on('2026-09-08', [before, self, STARTED, assigned()])?.['state']).toBe('allocated');
    const sameDay = assigned('personal-adviser', 'careers', '2026-09-02');
    expect([on('2026-09-08', [sameDay, self, STARTED])?.['state'], on('2026-09-08', [self, STARTED, sameDay])?.['state']]).toEqual([
      'to-allocate',
      'allocated',
    ]);
    const own = seen('referral.made', { referralId: 'o', to: 'hts', route: 'connexions' }, 'careers', { time: '2026-09-02' });
    expect(on('2026-09-08', [before, own, STARTED])?.['state']).toBe('allocated');
    expect(on('2026-09-08', [before, STARTED], 1)?.['state']).toBe('allocated');
  });

  it('of a settled learner is not begun anew by who does not stand, nor by a referral after the start', () => {
    const settled = [assigned(), STARTED];
    const byOthers = { time: '2026-09-04', confirmed: false as const };
    const named = seen('referral.made', { referralId: 'm', to: 'hts', route: 'school' }, 'mallory', byOthers);
    const state = (...items: readonly AnswerItem[]) => on('2026-09-12', items, items.indexOf(STARTED))?.['state'];
    expect(state(...settled)).toBe('allocated');
    expect(state(assigned(), named, STARTED)).toBe('allocated');
    expect(state(assigned(), { ...named, confirmed: undefined } as unknown as AnswerItem, STARTED)).toBe('to-allocate');
    expect(state(...settled, seen('referral.made', { referralId: 'l', to: 'hts', route: 'self' }, 'hts', { time: '2026-09-10' }))).toBe(
      'allocated',
    );
    const handed = seen('referral.made', { referralId: 'h', to: 'careers', route: 'out-of-area' }, 'mallory', byOthers);
    expect([on('2026-09-05', [handed]), on('2026-09-05', [{ ...handed, confirmed: undefined } as unknown as AnswerItem])?.['why']]).toEqual(
      [undefined, 'handover'],
    );
  });

  it('stands where the referral was taken back after the start, and not where that was before', () => {
    const withdrawn = (time: string) => seen('referral.withdrawn', { referralId: 's' }, 'hts', { time });
    const before = assigned('personal-adviser', 'careers', '2026-09-01');
    expect(on('2026-09-12', [before, self, STARTED, withdrawn('2026-09-09')], 2)?.['state']).toBe('to-allocate');
    expect(on('2026-09-12', [before, self, withdrawn('2026-09-03'), STARTED], 3)?.['state']).toBe('allocated');
  });

  it('is of nobody on a pupil’s course', () => {
    expect(
      on('2026-09-08', [seen('programme.started', { programmeId: 'p', kind: 'school-course', startedOn: '2026-09-07' }, 'hts')]),
    ).toBeUndefined();
  });

  it('is one row a learner and provider: a referral has none beside the programme that followed, nor when answered or lapsed', () => {
    expect(on('2026-09-08', [self])?.['provider']).toBe('hts');
    expect(on('2026-09-08', [self, STARTED], 0)).toBeUndefined();
    expect(on('2027-03-02', [self])).toBeUndefined();
    expect(on('2026-09-08', [self, seen('referral.withdrawn', { referralId: 's' }, 'hts')])).toBeUndefined();
    expect(on('2026-09-08', [STARTED, seen('programme.started', { programmeId: 'q', startedOn: '2026-09-08' }, 'hts')])).toBeUndefined();
    expect(on('2026-09-08', [STARTED, seen('programme.left-early', { programmeId: 'p', leftOn: '2026-09-08' }, 'hts')])).toBeUndefined();
  });

  it('goes on where whoever answers is not named, or answers another’s referral of that id', () => {
    const declined = (source: string, data = {}) => seen('referral.declined', { referralId: 's', ...data }, source, { time: '2026-09-05' });
    const states = [declined('bct'), declined('hts', { of: 'careers' }), declined('hts')].map(
      (one) => on('2026-09-06', [self, one])?.['state'],
    );
    expect(states).toEqual(['to-allocate', 'to-allocate', undefined]);
  });

  it('is as of its day, whatever came later', () => {
    const later = [seen('referral.declined', { referralId: 's' }, 'hts', { time: '2026-09-05' }), ended];
    expect(on('2026-09-04', [self, ...later])).toMatchObject({ state: 'to-allocate', why: 'self-referral', since: '2026-09-02' });
    const other = seen('programme.started', { programmeId: 'q', startedOn: '2026-09-20' }, 'hts');
    expect(on('2026-09-08', [STARTED, other])).toMatchObject({ programmeId: 'p', state: 'to-allocate' });
    expect(on('2026-09-20', [STARTED, other])).toBeUndefined();
  });

  it('begins anew where the adviser ended, with or without a programme that is seen', () => {
    expect(on('2026-09-20', [self, STARTED, assigned(), ended])).toMatchObject({
      why: 'adviser-left',
      since: '2026-09-20',
      due: '2026-09-25',
    });
    expect(on('2026-09-20', [assigned(), ended], 1)).toMatchObject({ provider: null, why: 'adviser-left', responsible: null });
    expect(on('2026-09-20', [STARTED, assigned(), ended], 2)).toBeUndefined();
  });

  it('is done while an adviser has the learner, whoever else ended an adviser of its own', () => {
    const south = [
      assigned('personal-adviser', 'south'),
      assigned(),
      seen('learner.adviser-ended', { role: 'personal-adviser', on: '2026-09-20' }, 'south'),
    ];
    expect(on('2026-09-21', [self, STARTED, ...south])).toMatchObject({ state: 'allocated', responsible: { agency: 'careers' } });
  });

  it('takes a hand-over between areas as done by an adviser of one’s own alone', () => {
    const handed = seen('referral.made', { referralId: 'h', to: 'careers', route: 'out-of-area' }, 'south', { time: '2026-09-02' });
    const south = assigned('personal-adviser', 'south');
    expect(on('2026-09-03', [handed, south])).toMatchObject({ state: 'to-allocate', why: 'handover', outOfArea: true });
    expect(on('2026-09-03', [handed, south, assigned()])?.['state']).toBe('allocated');
  });

  it.each([
    ['WV1 1AA', false],
    ['WV14 8XX', false],
    ['WV14 9XX', true],
    ['B2 4ST', true],
    [undefined, null],
  ])('knows of %s whether it is out of the area: %s', (postcode, outOfArea) => {
    const person = seen('learner.registered', postcode === undefined ? {} : { postcode }, 'hts');
    expect(on('2026-09-08', [STARTED, person])?.['outOfArea']).toBe(outOfArea);
  });
});
