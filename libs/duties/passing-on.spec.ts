// What the responsible adviser has to do passes on with who that is: it keeps the day from which time runs, and its last day is no sooner
// than five days after the change (views.md, part 4; ADR 74).
import type { Role } from '#catalogue';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { E2E, informed, kinds, passport, said, started, term } from './fixtures/index.ts';
import { type BorneDuty, type DutyEvent, dutyOf, DutyReckoning, type DutyTerm, type LinkAdviserOn, Responsibility } from './index.ts';

const ROLES: Readonly<Record<string, readonly Role[]>> = {
  north: ['connexions'],
  south: ['connexions'],
  both: ['connexions', 'provider'],
  bct: ['provider'],
  city: ['yot'],
};
const rolesOf = (slug: AgencySlug): readonly Role[] => ROLES[slug] ?? [];

interface Asked {
  readonly by?: AgencySlug;
  readonly on: IsoDate;
  readonly linkAdviserOf?: LinkAdviserOn;
}

const borne = (one: DutyTerm, { by = 'south', on, linkAdviserOf = () => undefined }: Asked, events: readonly DutyEvent[]): BorneDuty => {
  const reckoning = new DutyReckoning(events, kinds, on);
  const responsibility = new Responsibility(events, linkAdviserOf, (slug) => rolesOf(slug).includes('connexions'));
  const sources = [...new Set(events.flatMap(({ source }) => source ?? []))];
  const [triggered, ...others] = reckoning.triggered([one]);
  if (!triggered || others.length > 0) throw new Error(`${others.length} duties beside one.`);
  return dutyOf(triggered, by, { reckoning, responsibility, sources, rolesOf });
};
const told = (one: DutyTerm, asked: Asked, ...events: readonly DutyEvent[]) => {
  const { bearers, instance } = borne(one, asked, events);
  return [...bearers, instance.since, instance.due, instance.state].join(' ');
};

const assigned = (by: AgencySlug, on: IsoDate, role = 'personal-adviser'): DutyEvent =>
  said(by, 'learner.adviser-assigned', on, { role, name: 'Sam' });
const ended = (by: AgencySlug, on: IsoDate, knownOn = on, role = 'personal-adviser'): DutyEvent =>
  said(by, 'learner.adviser-ended', knownOn, { role, on });
const followed = (on: IsoDate, knownOn = on): DutyEvent => said('south', 'follow-up.made', knownOn, { programmeId: 'p-1', on });
const followUp = passport('follow-up');

/** Due on 22 July. */
const begun = (): readonly DutyEvent[] => [assigned('north', '2026-07-01'), started(), informed('2026-07-08')];

describe('a duty of the responsible adviser', () => {
  it.each<readonly [says: string, on: IsoDate, passedOn: IsoDate, so: string]>([
    ['keeps its last day where that is the later', '2026-07-16', '2026-07-15', 'south 2026-07-08 2026-07-22 open'],
    ['has five more days from the change on', '2026-07-21', '2026-07-20', 'south 2026-07-08 2026-07-25 open'],
    ['is open again for whoever comes to bear it overdue', '2026-08-06', '2026-08-01', 'south 2026-07-08 2026-08-06 open'],
    ['is overdue on the sixth day after', '2026-08-07', '2026-08-01', 'south 2026-07-08 2026-08-06 overdue'],
    [
      'is borne by whoever was responsible before, on a day before the change',
      '2026-07-31',
      '2026-08-01',
      'north 2026-07-08 2026-07-22 overdue',
    ],
  ])('%s', (_, on, passedOn, so) => {
    expect(told(followUp, { on }, ...begun(), assigned('south', passedOn))).toBe(so);
  });

  it('runs from the last of several changes', () => {
    const events = [...begun(), assigned('south', '2026-07-20'), assigned('north', '2026-07-24')];
    expect(told(followUp, { on: '2026-07-28' }, ...events)).toBe('north 2026-07-08 2026-07-29 open');
  });

  it('gains no day by another adviser of the same agency, nor by one who leaves and is back before anybody else', () => {
    expect(told(followUp, { on: '2026-07-28' }, ...begun(), assigned('north', '2026-07-21'))).toBe('north 2026-07-08 2026-07-22 overdue');
    const back = [ended('north', '2026-07-20'), assigned('north', '2026-07-26')];
    expect(told(followUp, { on: '2026-07-28' }, ...begun(), ...back)).toBe('north 2026-07-08 2026-07-22 overdue');
    const within = [assigned('south', '2026-07-24'), assigned('north', '2026-07-24')];
    expect(told(followUp, { on: '2026-07-28' }, ...begun(), ...within)).toBe('north 2026-07-08 2026-07-22 overdue');
  });

  it('has five days for whoever is the first to be responsible', () => {
    const events = [started(), informed('2026-07-08'), assigned('south', '2026-07-20')];
    expect(told(followUp, { on: '2026-07-20' }, ...events)).toBe('south 2026-07-08 2026-07-25 open');
    expect(told(followUp, { on: '2026-07-19' }, ...events.slice(0, 2))).toBe('2026-07-08 2026-07-22 open');
  });

  it('has no more days where the change came on the day of what triggers it', () => {
    const events = [assigned('north', '2026-07-08'), started(), informed('2026-07-08'), assigned('south', '2026-07-08')];
    expect(told(followUp, { on: '2026-07-23' }, ...events)).toBe('south 2026-07-08 2026-07-22 overdue');
  });

  it('does not pass to an agency that cannot bear it, and gives its last bearer nothing for that', () => {
    const events = [...begun(), ended('north', '2026-07-20'), assigned('city', '2026-07-20', 'dedicated-adviser')];
    expect(told(followUp, { on: '2026-07-23' }, ...events)).toBe('2026-07-08 2026-07-22 overdue');
    const back = [...events, assigned('north', '2026-07-24')];
    expect(told(followUp, { on: '2026-07-25' }, ...back)).toBe('north 2026-07-08 2026-07-22 overdue');
  });

  it('passes once an end is both known and so', () => {
    const ofEnd = (on: IsoDate, day: IsoDate, knownOn: IsoDate): string =>
      told(followUp, { on, linkAdviserOf: () => 'south' }, ...begun(), ended('north', day, knownOn));
    expect(ofEnd('2026-07-21', '2026-07-12', '2026-07-21')).toBe('south 2026-07-08 2026-07-26 open');
    expect(ofEnd('2026-07-20', '2026-07-21', '2026-07-12')).toBe('north 2026-07-08 2026-07-22 open');
    expect(ofEnd('2026-07-21', '2026-07-21', '2026-07-12')).toBe('south 2026-07-08 2026-07-26 open');
  });

  it('passes with the link adviser who stands in, and with the provider', () => {
    const events = [started(), informed('2026-07-08')];
    const linkAdviserOf: LinkAdviserOn = (_, on) => (on < '2026-07-20' ? 'north' : 'south');
    expect(told(followUp, { on: '2026-07-19', linkAdviserOf }, ...events)).toBe('north 2026-07-08 2026-07-22 open');
    expect(told(followUp, { on: '2026-07-23', linkAdviserOf }, ...events)).toBe('south 2026-07-08 2026-07-25 open');
    const later = [...events, assigned('south', '2026-07-24')];
    expect(told(followUp, { on: '2026-07-26', linkAdviserOf }, ...later)).toBe('south 2026-07-08 2026-07-25 overdue');
  });

  it('stays with the link adviser of where the learner still is, who left another programme of that id', () => {
    const left = said('bct', 'programme.left-early', '2026-07-15', { programmeId: 'p-1', leftOn: '2026-07-15' });
    const atHts = said('hts', 'programme.started', '2026-07-05', { ...E2E, startedOn: '2026-07-05' });
    const informedOfHts = said('south', 'adviser.informed', '2026-07-08', { programmeId: 'p-1', of: 'hts', on: '2026-07-08' });
    const linkAdviserOf: LinkAdviserOn = (provider) => (provider === 'hts' ? 'south' : undefined);
    expect(told(followUp, { on: '2026-07-20', linkAdviserOf }, atHts, started(), informedOfHts, left)).toBe(
      'south 2026-07-08 2026-07-22 open',
    );
  });

  it('is not its former bearer’s any more, which may see no more than that another has the place', () => {
    const [own, ...others] = begun();
    if (own === undefined) throw new Error('Nobody was assigned.');
    const events = [{ ...own, displaced: { since: '2026-07-20' } }, ...others];
    expect(told(followUp, { by: 'north', on: '2026-07-19' }, ...events)).toBe('north 2026-07-08 2026-07-22 open');
    expect(told(followUp, { by: 'north', on: '2026-07-23' }, ...events)).toBe('2026-07-08 2026-07-25 open');
    const back = [...events, assigned('north', '2026-08-03')];
    expect(told(followUp, { by: 'north', on: '2026-08-03' }, ...back)).toBe('north 2026-07-08 2026-08-08 open');
  });

  it('passes to nobody by the word of who does not stand', () => {
    const events = [...begun(), { ...assigned('south', '2026-07-20'), confirmed: false }];
    expect(told(followUp, { on: '2026-07-23' }, ...events)).toBe('north 2026-07-08 2026-07-22 overdue');
  });

  it('is the same whatever the order of arrival of what is about other things', () => {
    const events = [...begun(), assigned('south', '2026-07-20')];
    expect(told(followUp, { on: '2026-07-23' }, ...events.toReversed())).toBe('south 2026-07-08 2026-07-25 open');
  });
});

describe('what is settled', () => {
  it('stays with whoever had to do it when it was done, late by what was its last day then', () => {
    const { bearers, instance } = borne(followUp, { on: '2026-08-01' }, [
      ...begun(),
      followed('2026-07-24'),
      assigned('south', '2026-07-28'),
    ]);
    expect([bearers, instance]).toMatchObject([['north'], { due: '2026-07-22', state: 'discharged', lateBy: 2 }]);
    const after = borne(followUp, { on: '2026-08-01' }, [...begun(), assigned('south', '2026-07-20'), followed('2026-07-24')]);
    expect([after.bearers, after.instance]).toMatchObject([['south'], { due: '2026-07-25', state: 'discharged' }]);
    expect(after.instance).not.toHaveProperty('lateBy');
  });

  it('was in time where it was done before it passed on, and told after', () => {
    const events = [...begun(), assigned('south', '2026-07-24'), followed('2026-07-20', '2026-07-30')];
    expect(told(followUp, { on: '2026-07-28' }, ...events)).toBe('south 2026-07-08 2026-07-29 open');
    const { bearers, instance } = borne(followUp, { on: '2026-07-30' }, events);
    expect([bearers, instance]).toMatchObject([['north'], { due: '2026-07-22', state: 'discharged', knownLate: true }]);
  });

  it('passes to nobody once the programme has ended', () => {
    const left = said('bct', 'programme.left-early', '2026-07-25', { programmeId: 'p-1', leftOn: '2026-07-25' });
    expect(told(followUp, { on: '2026-08-01' }, ...begun(), left, assigned('south', '2026-07-28'))).toBe(
      'north 2026-07-08 2026-07-22 void',
    );
  });
});

describe('a duty of several', () => {
  const risk = passport('risk-of-failing');
  const events = [assigned('north', '2026-07-01'), started(), assigned('south', '2026-08-01')];

  it('passes on for the adviser’s agency, and not for the provider; others are told of the first day', () => {
    const dues = ['south', 'bct', 'north'].map((by) => borne(risk, { by, on: '2026-08-05' }, events).instance);
    expect(dues.map(({ due, state }) => [due, state])).toEqual([
      ['2026-08-06', 'open'],
      ['2026-08-03', 'overdue'],
      ['2026-08-03', 'overdue'],
    ]);
  });

  it('has no more days for an agency that had to do it all along, as it runs the programme', () => {
    const own = { ...said('both', 'programme.started', '2026-07-06', E2E) };
    expect(told(risk, { by: 'both', on: '2026-08-05' }, own, assigned('both', '2026-08-01'))).toBe('both 2026-07-06 2026-08-03 overdue');
  });
});

it('stays with the agency that is named, with the provider, and with the youth offending team', () => {
  const referral = said('bct', 'referral.made', '2026-07-08', { referralId: 'r-1', to: 'north', route: 'other-agency' });
  const passedOn = [assigned('north', '2026-07-01'), assigned('south', '2026-07-20')];
  expect(told(passport('answer-referral'), { by: 'north', on: '2026-07-23' }, referral, ...passedOn)).toBe(
    'north 2026-07-08 2026-07-22 overdue',
  );
  expect(told(passport('first-review'), { by: 'bct', on: '2026-08-04' }, started(), assigned('south', '2026-08-02'))).toBe(
    'bct 2026-07-06 2026-08-03 overdue',
  );
  const order = said('city', 'case-conference.held', '2026-06-01', { on: '2026-06-01' });
  expect(
    told(term('youth-justice', 'case-conference'), { by: 'city', on: '2026-08-04' }, order, started(), assigned('south', '2026-08-02')),
  ).toBe('city 2026-07-06 2026-08-03 overdue');
});

describe('five days are days of the calendar', () => {
  it.each([
    ['2026-03-25', '2026-03-30'],
    ['2026-10-22', '2026-10-27'],
    ['2027-12-29', '2028-01-03'],
    ['2028-02-26', '2028-03-02'],
    ['2026-02-26', '2026-03-03'],
  ])('passed on on %s, it is due on %s', (on, due) => {
    const events = [assigned('north', addDays(on, -60)), started(), informed(addDays(on, -40)), assigned('south', on)];
    expect(
      [due, addDays(due, 1)].map((day) =>
        told({ ...followUp, from: '2025-01-01' }, { on: day }, ...events)
          .split(' ')
          .slice(2),
      ),
    ).toEqual([
      [due, 'open'],
      [due, 'overdue'],
    ]);
  });
});

it('the next day on which another may be responsible is known before', () => {
  const events = [assigned('north', '2026-07-01'), ended('north', '2026-08-01', '2026-07-12')];
  const responsibility = new Responsibility(
    events,
    () => undefined,
    () => true,
  );
  expect(['2026-07-01', '2026-07-31', '2026-08-01'].map((day) => responsibility.turnAfter(day))).toEqual([
    '2026-08-01',
    '2026-08-01',
    undefined,
  ]);
  expect(['2026-07-31', '2026-08-01'].map((day) => responsibility.on(day)?.agency)).toEqual(['north', undefined]);
});
