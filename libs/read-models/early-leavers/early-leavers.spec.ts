// Of an early leaver what may be seen (views.md, S10).
import type { AnswerItem } from '#disclosure';
import { askerOf, rowOf, seen } from '../fixtures/index.ts';
import { earlyLeavers } from './early-leavers.list.ts';

const left = (leftOn = '2026-09-27', data = {}) =>
  seen('programme.left-early', { programmeId: 'p', leftOn, reason: 'job-offer', ...data }, 'bct');
const started = (startedOn = '2026-07-06', source = 'bct', programmeId = 'p') =>
  seen('programme.started', { programmeId, kind: 'e2e', startedOn }, source);
const ADVISED = seen('learner.adviser-assigned', { role: 'personal-adviser', name: 'Sam' });
const on = (day: string, items: readonly AnswerItem[], more = {}) =>
  rowOf(earlyLeavers, day, items, { knownAt: Date.parse('2026-09-27T12:00Z'), ...more });

describe('an early leaver', () => {
  it.each([
    ['2026-07-06', 1, true],
    ['2026-09-27', 12, true],
    ['2026-09-28', 13, false],
    ['2026-07-05', null, null],
  ])('who left on %s did so in week %s', (leftOn, week, first12) => {
    expect(on('2026-12-01', [left(leftOn), started()])).toMatchObject({ week, first12 });
  });

  it('has no week where the start is not seen; who sees starts alone takes the last one there', () => {
    expect(on('2026-12-01', [left(), started('2026-07-06', 'hts')])).toMatchObject({ startedOn: null, week: null });
    const existence = [
      seen('programme.started', { kind: 'e2e', startedOn: '2026-07-06' }, 'bct'),
      seen('programme.started', { startedOn: '2026-10-01' }, 'bct'),
    ];
    expect(on('2026-12-01', [left(), ...existence])).toMatchObject({ startedOn: '2026-07-06', week: 12 });
  });

  it('is followed up within two weeks of being known, as told to whoever advises or sees it made', () => {
    const known = { knownAt: Date.parse('2026-11-01T12:00Z') };
    const of = (day: string, ...more: readonly AnswerItem[]) => on(day, [left('2026-10-10'), ...more], known);
    expect(of('2026-11-15', ADVISED)).toMatchObject({ followUp: { due: '2026-11-15', state: 'open' }, late: true, state: 'open' });
    expect(of('2026-11-16', ADVISED)).toMatchObject({ followUp: { state: 'overdue' }, state: 'overdue' });
    expect(of('2026-11-16')).toMatchObject({ followUp: null, state: 'open' });
    const funder = { ...known, asker: askerOf('lsc', { roles: ['funder'] }) };
    expect(on('2026-11-16', [left('2026-10-10'), ADVISED], funder)?.['followUp']).toBeNull();
    const made = seen('follow-up.made', { programmeId: 'p', on: '2026-10-12' });
    expect(of('2026-11-16', made)).toMatchObject({ followUp: { state: 'discharged', madeOn: '2026-10-12' }, state: 'followed-up' });
  });

  it('is the personal adviser’s to follow up, also where another service has assigned a dedicated adviser since', () => {
    const dedicated = seen('learner.adviser-assigned', { role: 'dedicated-adviser', name: 'Joe' }, 'yot');
    expect(on('2026-10-01', [left(), ADVISED, dedicated])).toMatchObject({ adviser: 'Sam', followUp: { state: 'open' } });
    expect(on('2026-10-01', [left(), dedicated, ADVISED])).toMatchObject({ adviser: 'Sam', followUp: { state: 'open' } });
  });

  it('is not late where it was told within two weeks', () => {
    expect(on('2026-12-01', [left()], { knownAt: Date.parse('2026-10-11T22:59Z') })?.['late']).toBe(false);
    expect(on('2026-12-01', [left()], { knownAt: Date.parse('2026-10-11T23:30Z') })?.['late']).toBe(true);
  });

  it('is back with the first programme since, and out until then; not while another goes on', () => {
    const back = started('2026-11-02', 'wulfrun', 'w');
    expect(on('2026-12-01', [left(), started(), back])).toMatchObject({
      reEngaged: { on: '2026-11-02', of: 'wulfrun' },
      daysOut: 36,
      state: 're-engaged',
    });
    expect(on('2026-11-01', [left(), started(), back])).toMatchObject({ reEngaged: null, daysOut: 35 });
    expect(on('2026-12-01', [left(), started(), back, started('2026-08-01', 'hts', 'h')])).toMatchObject({
      reEngaged: null,
      stillOn: true,
      daysOut: null,
    });
  });

  it('took along what was achieved there by 90 days after', () => {
    const achieved = (title: string, awardedOn: string, source = 'bct') =>
      seen('achievement.recorded', { title, level: 'level-1', awardedOn }, source);
    const all = [
      achieved('in', '2026-12-26'),
      achieved('late', '2026-12-27'),
      achieved('before', '2026-07-05'),
      achieved('elsewhere', '2026-09-01', 'hts'),
    ];
    expect(on('2027-01-31', [left(), started(), ...all])?.['achieved']).toEqual([{ title: 'in', level: 'level-1' }]);
  });

  it('says why by code or by group, and does by the destination that stands', () => {
    expect(on('2026-12-01', [left()])).toMatchObject({ reason: 'job-offer', reasonGroup: 'employment' });
    const grouped = seen('programme.left-early', { programmeId: 'p', leftOn: '2026-09-27', reasonGroup: 'circumstances' }, 'bct');
    expect(on('2026-12-01', [grouped])).toMatchObject({ reason: null, reasonGroup: 'circumstances', note: null });
    const destination = (activity: string, from: string, verifiedOn = from) => seen('destination.recorded', { activity, from, verifiedOn });
    const told = [destination('330', '2026-10-01'), destination('619', '2026-09-30', '2026-11-30'), destination('310', '2026-12-02')];
    expect(on('2026-12-01', [left(), ...told])?.['destinationNow']).toEqual({
      group: 'employment',
      from: '2026-10-01',
      verifiedOn: '2026-10-01',
    });
  });

  it('comes last first; of those who wait, whose follow-up is due first', () => {
    const known = (day: string) => ({ knownAt: Date.parse(`${day}T12:00Z`) });
    const rows = [
      on('2026-10-12', [left('2026-10-02'), ADVISED], known('2026-10-02')),
      on('2026-10-12', [left('2026-09-01'), ADVISED], known('2026-10-11')),
      on('2026-10-12', [left('2026-09-30'), ADVISED], known('2026-09-30')),
    ].map((row) => row ?? {});
    const days = (chosen: Readonly<Record<string, string>>) =>
      rows.toSorted((one, other) => earlyLeavers.order(one, other, chosen)).map(({ leftOn }) => leftOn);
    expect(days({})).toEqual(['2026-10-02', '2026-09-30', '2026-09-01']);
    expect(days({ state: 'open' })).toEqual(['2026-09-30', '2026-10-02', '2026-09-01']);
  });

  it('is followed up by what names its own programme, not by another provider’s of the same id', () => {
    const made = (of?: string) => seen('follow-up.made', { programmeId: 'p', on: '2026-09-28', ...(of && { of }) });
    const state = (...more: readonly AnswerItem[]) => on('2026-10-01', [left(), ADVISED, ...more])?.['state'];
    expect([state(made()), state(made('bct')), state(made('hts'))]).toEqual(['followed-up', 'followed-up', 'open']);
  });

  it('is none before the day of leaving', () => {
    expect(on('2026-09-26', [left()])).toBeUndefined();
  });
});
