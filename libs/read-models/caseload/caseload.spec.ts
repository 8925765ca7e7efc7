// Rows of the caseload: given what the gate let through, then what the day's row says (views.md, S6).
import type { AnswerItem } from '#disclosure';
import { rowOf as rowFrom } from '../fixtures/index.ts';
import type { AnyRow } from '../lists/index.ts';
import { caseload } from './caseload.list.ts';

type Data = Readonly<Record<string, unknown>>;

const item = (short: string, data: Data, source = 'careers'): AnswerItem => ({
  type: `uk.concordat.${short}.v1`,
  source: `urn:concordat:agency:${source}`,
  category: 'x',
  clause: source === 'careers' ? 'own' : 'e2e-passport@1#EP5',
  basis: 'x',
  level: 'full',
  data,
});
const ASSIGNED = item('learner.adviser-assigned', { name: 'Sam Hughes', role: 'personal-adviser', staffId: 's-1', office: 'Bilston' });
const STARTED = item('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-07-06' }, 'bct');
const INFORMED = item('adviser.informed', { programmeId: 'p', on: '2026-07-08' });
const of = (short: string, data: Data): AnswerItem => item(short, { programmeId: 'p', ...data }, 'bct');
const own = (short: string, data: Data): AnswerItem => item(short, { programmeId: 'p', ...data });

const rowOf = (on: string, ...items: readonly AnswerItem[]): AnyRow | undefined => rowFrom(caseload, on, items);
const attention = (on: string, ...items: readonly AnswerItem[]): unknown => rowOf(on, ASSIGNED, ...items)?.['attention'];

describe('a row of the caseload', () => {
  it('is none without an assignment of an adviser that is seen', () => {
    const key = item('learner.adviser-assigned', { name: 'Kit', role: 'key-worker' });
    expect([rowOf('2026-07-10', STARTED, INFORMED), rowOf('2026-07-10', key)]).toEqual([undefined, undefined]);
  });

  it('says null of whatever is not seen, and of what is not there alike', () => {
    expect(rowOf('2026-07-10', ASSIGNED)).toEqual({
      givenName: null,
      familyName: null,
      adviser: { name: 'Sam Hughes', staffId: 's-1', role: 'personal-adviser' },
      office: 'Bilston',
      state: 'current',
      programmes: [],
      followUp: null,
      signOff: null,
      nextReview: null,
      lastReviewOn: null,
      lastContactOn: null,
      attendanceConcerns28d: null,
      riskAssessed: null,
      overdueDuties: [],
      attention: [],
    });
  });

  it('names the learner as the broker merged it; where that is not seen, as the asker itself said last', () => {
    const said = [item('learner.registered', { givenName: 'Aisha', familyName: 'K' }), item('learner.corrected', { familyName: 'Khan' })];
    expect(rowOf('2026-07-10', ASSIGNED, ...said)).toMatchObject({ givenName: 'Aisha', familyName: 'Khan' });
    const merged = item('learner.identity', { givenName: 'Ayesha' });
    expect(rowOf('2026-07-10', merged, ASSIGNED, ...said)).toMatchObject({ givenName: 'Ayesha', familyName: null });
  });

  it('leaves out what its source retracted', () => {
    expect(rowOf('2026-07-10', ASSIGNED, { ...STARTED, status: 'retracted' })?.['programmes']).toEqual([]);
  });
});

describe('the programme of a row', () => {
  const programmes = (on: string, ...items: readonly AnswerItem[]): unknown => rowOf(on, ASSIGNED, STARTED, ...items)?.['programmes'];

  it.each([
    ['2026-07-05', null, 'planned'],
    ['2026-07-06', 1, 'running'],
    ['2026-07-12', 1, 'running'],
    ['2026-07-13', 2, 'running'],
  ])('on %s is in week %s, %s', (on, week, state) => {
    expect(programmes(on)).toEqual([{ of: 'bct', programmeId: 'p', kind: 'e2e', startedOn: '2026-07-06', week, state }]);
  });

  it('ends as is told of it, on that day, and not by what is told of another', () => {
    const left = of('programme.left-early', { leftOn: '2026-09-27' });
    expect([programmes('2026-09-26', left), programmes('2026-09-27', left)]).toMatchObject([[{ state: 'running' }], [{ state: 'left' }]]);
    expect(programmes('2026-10-01', of('programme.moved-on', { on: '2026-10-01' }))).toMatchObject([{ state: 'moved-on' }]);
    expect(programmes('2026-10-01', of('programme.left-early', { programmeId: 'q', leftOn: '2026-09-27' }))).toMatchObject([
      { state: 'running' },
    ]);
    expect(programmes('2026-10-01', own('programme.moved-on', { of: 'hts', on: '2026-09-27' }))).toMatchObject([{ state: 'running' }]);
  });
});

describe('the follow-up of a row', () => {
  const followUp = (on: string, ...items: readonly AnswerItem[]): unknown => rowOf(on, ASSIGNED, INFORMED, ...items)?.['followUp'];

  it('is due a fortnight after the adviser was informed, that day included', () => {
    expect(followUp('2026-07-22')).toEqual({ informedOn: '2026-07-08', due: '2026-07-22', state: 'open', madeOn: null });
    expect(followUp('2026-07-23')).toMatchObject({ state: 'overdue' });
    expect([attention('2026-07-22', INFORMED), attention('2026-07-23', INFORMED)]).toEqual([[], ['follow-up-overdue']]);
  });

  it('is made by one for the same programme, late or up to a fortnight early', () => {
    const made = (on: string, programmeId = 'p'): AnswerItem => own('follow-up.made', { on, programmeId });
    expect(followUp('2026-07-30', made('2026-07-24'))).toMatchObject({ state: 'discharged', madeOn: '2026-07-24' });
    expect(followUp('2026-07-30', made('2026-06-24'))).toMatchObject({ state: 'discharged' });
    expect(followUp('2026-07-30', made('2026-06-23'))).toMatchObject({ state: 'overdue' });
    expect(followUp('2026-07-30', made('2026-07-24', 'q'))).toMatchObject({ state: 'overdue' });
    expect(followUp('2026-07-23', made('2026-07-24'))).toMatchObject({ state: 'overdue' });
    const of_ = (slug: string): AnswerItem => own('adviser.informed', { on: '2026-07-08', of: slug });
    const told = (slug: string): unknown =>
      rowOf('2026-07-30', ASSIGNED, of_('bct'), own('follow-up.made', { on: '2026-07-24', of: slug }));
    expect([told('bct'), told('hts')]).toMatchObject([{ followUp: { state: 'discharged' } }, { followUp: { state: 'overdue' } }]);
  });

  it('is void once the learner has left, whom somebody else’s leaving does not take away', () => {
    const left = of('programme.left-early', { leftOn: '2026-07-20' });
    expect(followUp('2026-07-23', left)).toMatchObject({ state: 'void', due: '2026-07-22' });
    expect(followUp('2026-07-19', left)).toMatchObject({ state: 'open' });
    expect(followUp('2026-07-23', of('programme.left-early', { leftOn: '2026-07-20', programmeId: 'q' }))).toMatchObject({
      state: 'overdue',
    });
    expect(attention('2026-07-23', INFORMED, left, own('follow-up.made', { on: '2026-07-21' }))).toEqual([]);
  });
});

describe('the sign-off of a row', () => {
  const signOff = (on: string, ...items: readonly AnswerItem[]): unknown => rowOf(on, ASSIGNED, STARTED, ...items)?.['signOff'];
  const agreed = (version: string, time = '2026-07-20'): AnswerItem => ({ ...of('programme.agreed', { version }), time });
  const signed = (more: Data = {}): AnswerItem => own('programme.signed-off', { of: 'bct', signedOn: '2026-07-21', ...more });

  it('is wanted from the agreement on, or when four weeks are over', () => {
    expect([signOff('2026-08-03'), signOff('2026-08-04')]).toEqual([null, { state: 'to-sign', due: '2026-08-03' }]);
    expect(signOff('2026-07-20', agreed('1'))).toEqual({ state: 'to-sign', due: '2026-08-03' });
  });

  it('is of the version agreed last by then, or of the one that it names', () => {
    expect(signOff('2026-09-01', agreed('1'), signed())).toMatchObject({ state: 'signed' });
    expect(signOff('2026-09-01', agreed('1'), signed(), agreed('2', '2026-08-01'))).toMatchObject({ state: 'agreed-anew' });
    expect(signOff('2026-09-01', agreed('1'), agreed('2'), signed({ version: '1' }))).toMatchObject({ state: 'agreed-anew' });
    // Of the version agreed last on its day, not of whatever was agreed when it came to be told.
    expect(signOff('2026-09-01', agreed('1'), agreed('2', '2026-08-01'), signed())).toMatchObject({ state: 'agreed-anew' });
  });

  it('is signed by whichever sign-off is of that version, whatever was signed since', () => {
    const both = [signed({ version: '2', signedOn: '2026-08-02' }), signed({ version: '1' })];
    expect(signOff('2026-09-01', agreed('1'), agreed('2', '2026-08-01'), ...both)).toMatchObject({ state: 'signed' });
  });

  it('is queried until agreed or signed anew', () => {
    const queried = own('programme.queried', { reason: 'x' });
    expect(signOff('2026-08-01', agreed('1'), queried)).toMatchObject({ state: 'queried' });
    expect(signOff('2026-08-01', agreed('1'), queried, agreed('2'))).toMatchObject({ state: 'to-sign' });
    expect(signOff('2026-08-01', agreed('1'), queried, signed())).toMatchObject({ state: 'signed' });
  });
});

describe('the reviews of a row', () => {
  const scheduled = (on: string, more: Data = {}): AnswerItem => of('review.scheduled', { reviewId: `r-${on}`, on, ...more });
  const held = (heldOn: string, more: Data = {}): AnswerItem => of('review.held', { reviewId: 'h', heldOn, ...more });
  const next = (on: string, ...items: readonly AnswerItem[]): unknown => rowOf(on, ASSIGNED, STARTED, ...items)?.['nextReview'];

  it('are next the first that is scheduled and not held, by its id or near its day', () => {
    const both = [scheduled('2026-09-30'), scheduled('2026-08-05', { attendanceRequested: ['learner'], reason: 'housing' })];
    expect(next('2026-08-01', ...both)).toEqual({ on: '2026-08-05', due: null, attendanceRequested: ['learner'], reason: 'housing' });
    expect(next('2026-08-20', ...both, held('2026-08-12'))).toMatchObject({ on: '2026-09-30' });
    expect(next('2026-08-20', ...both)).toMatchObject({ on: '2026-08-05' });
    expect(next('2026-08-20', ...both, held('2026-07-27'))).toMatchObject({ on: '2026-08-05' });
    // Missed, and made up for since.
    expect(next('2026-08-20', ...both, held('2026-08-13'))).toMatchObject({ on: '2026-09-30' });
    expect(next('2026-08-20', ...both, held('2026-08-13', { programmeId: 'q' }))).toMatchObject({ on: '2026-08-05' });
    expect(next('2026-08-20', ...both, held('2026-08-19', { reviewId: 'r-2026-08-05' }))).toMatchObject({ on: '2026-09-30' });
  });

  it('are next by the day that the last one set, where none is scheduled', () => {
    const told = held('2026-08-05', { nextReviewDue: '2026-09-05' });
    expect(next('2026-09-01', told)).toMatchObject({ on: null, due: '2026-09-05' });
    expect([attention('2026-09-05', told), attention('2026-09-06', told)]).toEqual([[], ['review-overdue']]);
  });

  it('are next by what the last one said, in whatever order they were told', () => {
    const [first, last] = [held('2026-08-05', { nextReviewDue: '2026-08-20' }), held('2026-08-19', { nextReviewDue: '2026-09-20' })];
    expect([next('2026-08-25', first, last), next('2026-08-25', last, first)]).toMatchObject([
      { due: '2026-09-20' },
      { due: '2026-09-20' },
    ]);
  });

  it('are due within the first four weeks of Entry to Employment, and no more once the programme is over', () => {
    expect(next('2026-07-10')).toEqual({ on: null, due: '2026-08-03', attendanceRequested: [], reason: null });
    const signed = own('programme.signed-off', { of: 'bct', signedOn: '2026-07-21' });
    expect(attention('2026-08-04', STARTED, signed)).toEqual(['review-overdue']);
    const left = of('programme.left-early', { leftOn: '2026-07-30' });
    expect(next('2026-07-31', left, scheduled('2026-08-05'))).toBeNull();
  });

  it('want attention a week after the day, and a fortnight before it where somebody is asked to come', () => {
    const asked = scheduled('2026-09-30', { attendanceRequested: ['personal-adviser'] });
    const days = ['2026-09-15', '2026-09-16', '2026-09-30', '2026-10-07', '2026-10-08'];
    expect(days.map((on) => attention(on, asked))).toEqual([
      [],
      ['attendance-requested'],
      ['attendance-requested'],
      [],
      ['review-overdue'],
    ]);
  });
});

describe('the caseload', () => {
  const row = (on: string, ...items: readonly AnswerItem[]): AnyRow => rowOf(on, ASSIGNED, ...items) as AnyRow;

  it('puts attention first, then what is due first, then who started first', () => {
    const on = '2026-07-20';
    const overdue = row(on, own('adviser.informed', { on: '2026-07-01' }));
    const due = row(on, INFORMED, STARTED);
    const later = row(on, own('adviser.informed', { on: '2026-07-10' }));
    const nothing = row(on);
    expect([nothing, later, overdue, due].sort((one, other) => caseload.order(one, other))).toEqual([overdue, due, later, nothing]);
  });

  it.each([
    [{ adviser: 's-1', state: 'current' }, true],
    [{ adviser: 'Sam Hughes' }, true],
    [{ adviser: 'Priya' }, false],
    [{ office: 'Bilston', provider: 'bct' }, true],
    [{ provider: 'hts' }, false],
    [{ state: 'ended' }, false],
    [{ attention: 'any' }, false],
  ])('is chosen from by %j: %s', (chosen, expected) => {
    expect(caseload.matches(row('2026-07-10', STARTED), chosen)).toBe(expected);
  });

  it('finds those with whom there was no contact since a day, by follow-up or by what they do', () => {
    const followed = row('2026-07-20', own('follow-up.made', { on: '2026-07-12' }));
    const asked = row('2026-07-20', own('destination.recorded', { activity: '310', verifiedOn: '2026-07-15' }));
    const notSince = (day: string) =>
      [followed, asked, row('2026-07-20')].map((one) => caseload.matches(one, { 'not-contacted-since': day }));
    expect([notSince('2026-07-12'), notSince('2026-07-13'), notSince('2026-07-16')]).toEqual([
      [false, false, true],
      [true, false, true],
      [true, true, true],
    ]);
  });

  it('has an attention filter that keeps those who want some', () => {
    expect(caseload.matches(row('2026-07-23', INFORMED), { attention: 'any' })).toBe(true);
  });
});
