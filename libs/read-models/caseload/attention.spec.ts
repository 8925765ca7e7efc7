// What wants attention in a caseload, beside terms of follow-up, signature and review (views.md, S6 and S26).
import type { AnswerItem } from '#disclosure';
import { DUTY_TYPES, dutyTerms } from '#duties';
import { shippedProtocols } from '#sharing-protocols';
import { rowOf as rowFrom, seen, USUAL_PARTNERSHIP } from '../fixtures/index.ts';
import type { AnyRow } from '../lists/index.ts';
import { caseload } from './caseload.list.ts';

const E2E = shippedProtocols().find(({ id }) => id === 'e2e-passport') as ReturnType<typeof shippedProtocols>[number];

type Data = Readonly<Record<string, unknown>>;

const item = seen;
const ASSIGNED = item('learner.adviser-assigned', { name: 'Sam Hughes', role: 'personal-adviser' });
const STARTED = item('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-07-06' }, 'bct');
const of = (short: string, data: Data): AnswerItem => item(short, { programmeId: 'p', ...data }, 'bct');
const own = (short: string, data: Data): AnswerItem => item(short, { programmeId: 'p', ...data });

const rowOf = (on: string, ...items: readonly AnswerItem[]): AnyRow | undefined => rowFrom(caseload, on, items);
const attention = (on: string, ...items: readonly AnswerItem[]): unknown => rowOf(on, ASSIGNED, ...items)?.['attention'];

describe('what else wants attention', () => {
  const concern = (on: string): AnswerItem => of('attendance.concern', { on });

  it('is a concern about attendance since the last review; those within four weeks are counted', () => {
    const told = [concern('2026-08-01'), concern('2026-08-20')];
    expect(rowOf('2026-08-28', ASSIGNED, ...told)).toMatchObject({ attendanceConcerns28d: 2, attention: ['attendance-concern'] });
    expect(rowOf('2026-08-29', ASSIGNED, ...told)).toMatchObject({ attendanceConcerns28d: 1 });
    const reviewed = of('review.held', { heldOn: '2026-08-20' });
    expect(attention('2026-08-28', ...told, reviewed)).toEqual([]);
    // The third within four weeks does, though a review was held since.
    expect(attention('2026-08-28', ...told, concern('2026-08-10'), reviewed)).toEqual(['attendance-concern']);
  });

  it('is any other duty of the asker’s that is overdue, and none of others’', () => {
    const duties = dutyTerms([{ protocol: 'p', version: 1, document: E2E, status: 'in-force' as const }]);
    const partnership = { ...USUAL_PARTNERSHIP, duties, rolesOf: (slug: string) => (slug === 'careers' ? ['connexions' as const] : []) };
    const rowWith = (on: string, adviser: AnswerItem): AnyRow | undefined => {
      const signed = own('programme.signed-off', { of: 'bct', signedOn: '2026-07-21' });
      const reviewed = of('review.held', { reviewId: 'h', heldOn: '2026-07-30', nextReviewDue: '2026-09-30' });
      return rowFrom(caseload, on, [adviser, STARTED, signed, reviewed, own('follow-up.made', { on: '2026-07-31' })], { partnership });
    };
    const told = (on: string, adviser: AnswerItem): unknown => rowWith(on, adviser)?.['attention'];
    expect([told('2026-08-03', ASSIGNED), told('2026-08-04', ASSIGNED)]).toEqual([[], ['duty-overdue']]);
    const others = item('learner.adviser-assigned', { name: 'Jo', role: 'personal-adviser' }, 'south');
    expect(told('2026-08-04', others)).toEqual([]);
    expect(rowWith('2026-08-04', ASSIGNED)).toMatchObject({
      overdueDuties: [
        { duty: 'risk-of-failing', says: expect.stringContaining('assessed'), due: '2026-08-03', of: 'bct', programmeId: 'p' },
      ],
    });
  });

  it('is no duty that was done: all that does one is looked at', () => {
    const { anchor, beside } = caseload.items;
    expect([...DUTY_TYPES].filter((type) => ![...anchor, ...beside].some((one) => one === type))).toEqual([]);
  });

  it('is a leaver whom nobody followed up and who started nowhere since', () => {
    const left = of('programme.left-early', { leftOn: '2026-07-20' });
    const signed = own('programme.signed-off', { signedOn: '2026-07-10' });
    const told = [STARTED, signed, left];
    expect(attention('2026-07-21', ...told)).toEqual(['leaver-not-followed-up']);
    expect(attention('2026-07-21', ...told, own('follow-up.made', { on: '2026-07-21' }))).toEqual([]);
    const elsewhere = item('programme.started', { programmeId: 'n', startedOn: '2026-07-21' }, 'wulfrun');
    expect(attention('2026-07-21', ...told, elsewhere)).toEqual([]);
  });

  it('is a review within two weeks at which somebody is asked for, be it not the next', () => {
    const scheduled = (on: string, asked: readonly string[] = []): AnswerItem =>
      of('review.scheduled', { reviewId: `r-${on}`, on, attendanceRequested: asked });
    const two = [STARTED, scheduled('2026-07-20'), scheduled('2026-07-30', ['personal-adviser'])];
    expect(['2026-07-15', '2026-07-16'].map((on) => attention(on, ...two))).toEqual([[], ['attendance-requested']]);
    expect(attention('2026-07-16', ...two, of('review.held', { reviewId: 'r-2026-07-30', heldOn: '2026-07-16' }))).toEqual([]);
  });

  it('is a referral declined by that day, whatever became of it later', () => {
    const declined = item('referral.declined', { referralId: 'r', reason: 'full' }, 'forge', { time: '2026-07-09' });
    const again = item('referral.made', { referralId: 's', to: 'bct' }, 'careers', { time: '2026-07-12T09:00:00Z' });
    expect(['2026-07-08', '2026-07-09', '2026-07-12'].map((on) => attention(on, declined, again))).toEqual([[], ['referral-declined'], []]);
  });

  it('is a referral declined, until there is another or a programme', () => {
    const declined = item('referral.declined', { referralId: 'r', reason: 'full' }, 'forge');
    expect(attention('2026-07-10', declined)).toEqual(['referral-declined']);
    expect(attention('2026-07-10', declined, item('referral.made', { referralId: 's', to: 'bct' }))).toEqual([]);
  });

  it('is a referral that nobody answered for half a year, until there is another or a programme', () => {
    const asked = item('referral.made', { referralId: 'r', to: 'forge', route: 'connexions' }, 'careers', { time: '2026-03-02' });
    expect(['2026-08-29', '2026-08-30'].map((on) => attention(on, asked))).toEqual([[], ['referral-declined']]);
    const answered = item('referral.accepted', { referralId: 'r' }, 'forge', { time: '2026-03-20' });
    expect(attention('2026-08-30', asked, answered)).toEqual([]);
    const again = item('referral.made', { referralId: 's', to: 'bct' }, 'careers', { time: '2026-09-02' });
    expect(attention('2026-09-03', asked, again)).toEqual([]);
    const started = item('programme.started', { programmeId: 'q', kind: 'fe-course', startedOn: '2026-09-02' }, 'bct', {
      time: '2026-09-02',
    });
    expect(['2026-09-01', '2026-09-02'].map((on) => attention(on, asked, started))).toEqual([['referral-declined'], []]);
  });

  it('says of the risk of failing whether it is assessed', () => {
    const risk = item('assessment.recorded', { framework: 'risk-of-failing', assessedOn: '2026-07-01', validUntil: '2026-09-29' });
    expect(['2026-09-29', '2026-09-30'].map((on) => rowOf(on, ASSIGNED, risk)?.['riskAssessed'])).toEqual([true, false]);
  });
});
