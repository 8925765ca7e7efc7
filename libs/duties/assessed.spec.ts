// What is assessed once counts for everybody as long as it is valid (views.md, S3 and S25; E2E p. 13 and 23).
import type { IsoDate } from '#kernel';
import { E2E, kinds, passport, said, started, term } from './fixtures/index.ts';
import { bearersOf, type DutyEvent, type DutyInstance, DutyReckoning, type DutyTerm } from './index.ts';

const RENEWAL = passport('risk-renewal');
const under = (one: DutyTerm, on: IsoDate, ...events: readonly DutyEvent[]): readonly DutyInstance[] =>
  new DutyReckoning(events, kinds, on).under([one]);
const statesOf = (one: DutyTerm, on: IsoDate, ...events: readonly DutyEvent[]) =>
  under(one, on, ...events).map(({ due, state }) => `${due} ${state}`);

const assessed = (source: string, assessedOn: IsoDate, more: Readonly<Record<string, unknown>> = {}): DutyEvent =>
  said(source, 'assessment.recorded', assessedOn, {
    assessmentId: `${source}-${assessedOn}`,
    framework: 'risk-of-failing',
    assessedOn,
    ...more,
  });
const rectified = (source: string, of: DutyEvent, days: Readonly<Record<string, IsoDate>>): DutyEvent =>
  said(source, 'assessment.rectified', '2026-09-01', { assessmentId: of.data['assessmentId'], reason: 'typing', ...days });
const begun = (startedOn = '2026-09-07', more: Readonly<Record<string, string>> = {}, source = 'bct'): DutyEvent => ({
  ...started({ ...E2E, startedOn, ...more }),
  source,
});
const left = (leftOn: IsoDate, source = 'bct'): DutyEvent => said(source, 'programme.left-early', leftOn, { programmeId: 'p-1', leftOn });

describe('the risk of failing', () => {
  const state = (...events: readonly DutyEvent[]) =>
    under(passport('risk-of-failing'), '2026-10-06', begun(), ...events).map((one) => one.state);

  it('is assessed by whoever assesses it, and by nothing else that is assessed', () => {
    expect(state(assessed('north', '2026-09-20'))).toEqual(['discharged']);
    expect(state(assessed('north', '2026-09-20', { framework: 'initial' }))).toEqual(['overdue']);
  });

  it('was assessed where that is still valid when the programme begins, however long before', () => {
    expect(state(assessed('north', '2026-07-01'))).toEqual(['discharged']);
    expect(state(assessed('north', '2026-06-08'))).toEqual(['overdue']);
    expect(state(assessed('north', '2026-09-01', { validUntil: '2026-09-06' }))).toEqual(['overdue']);
  });

  it('was assessed for no longer than two years, whatever its source says of how long that is valid', () => {
    const [longAgo, justThen] = [
      assessed('north', '2024-09-06', { validUntil: '9999-12-31' }),
      assessed('north', '2024-09-07', { validUntil: '9999-12-31' }),
    ];
    expect([state(longAgo), state(justThen)]).toEqual([['overdue'], ['discharged']]);
    const first = assessed('north', '2024-09-01');
    expect(state(first, rectified('north', first, { validUntil: '2030-01-01' }))).toEqual(['overdue']);
  });

  it('is not assessed by the word of whoever does not stand with the learner', () => {
    expect(state({ ...assessed('mallory', '2026-09-20'), confirmed: false })).toEqual(['overdue']);
  });
});

describe('an APIR at the referral', () => {
  const APIR = term('initial-assessment-reuse', 'apir-at-referral');
  const referral = said('north', 'referral.made', '2026-06-05', { referralId: 'r-1', to: 'hts', route: 'connexions' });
  const apir = (assessedOn: IsoDate) => assessed('north', assessedOn, { framework: 'apir' });

  it('is there where one is valid on that day, or is recorded since', () => {
    expect(statesOf(APIR, '2026-06-11', referral, apir('2026-06-01'))).toEqual(['2026-06-10 discharged']);
    expect(statesOf(APIR, '2026-06-11', referral, apir('2026-03-06'))).toEqual(['2026-06-10 overdue']);
    expect(statesOf(APIR, '2026-06-11', referral, apir('2026-06-09'))).toEqual(['2026-06-10 discharged']);
  });
});

describe('the risk of failing assessed anew', () => {
  it('is due when the last assessment ends: by its own word, else by its framework', () => {
    expect(statesOf(RENEWAL, '2026-09-30', begun(), assessed('north', '2026-07-01', { validUntil: '2026-09-28' }))).toEqual([
      '2026-09-28 overdue',
    ]);
    expect(statesOf(RENEWAL, '2026-09-29', begun(), assessed('north', '2026-07-01'))).toEqual(['2026-09-29 open']);
    expect(statesOf(RENEWAL, '2026-09-30', begun(), assessed('north', '2026-07-01'))).toEqual(['2026-09-29 overdue']);
  });

  it('goes by the days that its source set right, and by nobody else’s word', () => {
    const first = assessed('north', '2026-07-01');
    expect(statesOf(RENEWAL, '2026-09-29', begun(), first, rectified('north', first, { assessedOn: '2026-06-30' }))).toEqual([
      '2026-09-28 overdue',
    ]);
    expect(statesOf(RENEWAL, '2026-09-30', begun(), first, rectified('north', first, { validUntil: '2026-10-31' }))).toEqual([
      '2026-10-31 open',
    ]);
    expect(statesOf(RENEWAL, '2026-09-30', begun(), first, rectified('hts', first, { validUntil: '2026-10-31' }))).toEqual([
      '2026-09-29 overdue',
    ]);
  });

  it('is done by the next, of which the last recorded counts where both are of one day', () => {
    const [first, next] = [assessed('north', '2026-07-01'), assessed('bct', '2026-09-20')];
    expect(statesOf(RENEWAL, '2026-09-30', begun(), first, next)).toEqual(['2026-09-29 discharged', '2026-12-19 open']);
    const again = assessed('hts', '2026-07-01');
    expect(statesOf(RENEWAL, '2026-09-30', begun(), first, again)).toEqual(['2026-09-29 discharged', '2026-09-29 overdue']);
  });

  it('is of nobody who is on no programme by then, nor on a pupil’s course alone', () => {
    const first = assessed('north', '2026-07-01');
    expect(statesOf(RENEWAL, '2026-10-06', first)).toEqual([]);
    expect(statesOf(RENEWAL, '2026-10-06', first, begun('2026-09-30'))).toEqual([]);
    expect(statesOf(RENEWAL, '2026-10-06', first, begun('2026-09-29'))).toEqual(['2026-09-29 overdue']);
    expect(statesOf(RENEWAL, '2026-10-06', first, begun('2026-09-07', { kind: 'school-course' }))).toEqual([]);
  });

  it('is void once the last programme has ended, and not while another goes on', () => {
    const first = assessed('north', '2026-07-01');
    expect(statesOf(RENEWAL, '2026-10-06', first, begun(), left('2026-09-25'))).toEqual(['2026-09-29 void']);
    const other = begun('2026-09-01', {}, 'hts');
    expect(statesOf(RENEWAL, '2026-10-06', first, begun(), other, left('2026-09-25'))).toEqual(['2026-09-29 overdue']);
    expect(statesOf(RENEWAL, '2026-10-06', first, begun(), other, left('2026-09-25'), left('2026-10-02', 'hts'))).toEqual([
      '2026-09-29 void',
    ]);
  });

  it('is theirs who run the programmes that go on, and the adviser’s, whoever assessed it first', () => {
    const bearers = (on: IsoDate, ...events: readonly DutyEvent[]) => {
      const reckoning = new DutyReckoning(events, kinds, on);
      const roles = new Map([
        ['north', 'connexions' as const],
        ['bct', 'provider' as const],
        ['hts', 'provider' as const],
      ]);
      const rolesOf = (slug: string) => [roles.get(slug) ?? ('yot' as const)];
      const parties = { responsible: 'north', sources: [], rolesOf, linkAdviserOf: () => undefined };
      return reckoning.triggered([RENEWAL]).flatMap((one) => [...bearersOf(one, reckoning, parties)].sort());
    };
    const first = assessed('hts', '2026-07-01');
    expect(bearers('2026-09-28', first, begun())).toEqual(['bct', 'north']);
    const other = begun('2026-09-01', {}, 'hts');
    expect(bearers('2026-09-28', first, begun(), other)).toEqual(['bct', 'hts', 'north']);
    expect(bearers('2026-09-28', first, begun(), other, left('2026-09-25', 'hts'))).toEqual(['bct', 'north']);
  });
});
