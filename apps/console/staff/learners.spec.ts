// What staff's first page, a passport and known assessments make of the broker's answers.
import type { EventForm } from '../entry/event-forms.ts';
import { actsFor, followUpOf } from './acts.ts';
import { homeIn } from './home.ts';
import { type KnownAssessment, knownLines } from './known.ts';
import { completenessOf, isOwnAlone, nameIn, partsOf, type Passport } from './passport.ts';

const ON = '2026-11-30';

describe('mine, now', () => {
  const row = (more: object): Readonly<Record<string, unknown>> => ({ learner: 'psn:a', givenName: 'Owen', attention: [], ...more });

  it('has what is overdue by its day, what the week brings, and what is new', () => {
    const caseload = [
      row({ attention: ['review-overdue', 'attendance-concern'], nextReview: { on: null, due: '2026-11-20' } }),
      row({ attention: ['follow-up-overdue'], followUp: { due: '2026-10-30', state: 'overdue' } }),
      row({ followUp: { due: '2026-12-07', state: 'open' }, nextReview: { on: '2026-12-08', due: null } }),
    ];
    const { overdue, week, fresh } = homeIn({ caseload }, { on: ON, by: 'D. Lal' });
    expect(overdue.map(({ what, day, daysOver }) => [what, day, daysOver])).toEqual([
      ['follow up', '2026-10-30', 31],
      ['review', '2026-11-20', 10],
    ]);
    expect(week.map(({ what, day }) => [what, day])).toEqual([['follow up', '2026-12-07']]);
    expect(fresh.map(({ what }) => what)).toEqual(['attendance concern']);
  });

  it('of whoever is no adviser is made of duties and of what came in', () => {
    const duties = [
      row({ state: 'overdue', says: 'Answer a referral.', due: '2026-11-29' }),
      row({ state: 'open', duty: 'first-review', due: '2026-11-30' }),
      row({ state: 'open', duty: 'later', due: '2026-12-08' }),
    ];
    const referrals = [{ learner: null, direction: 'received', state: 'waiting', madeOn: '2026-11-28' }];
    const { overdue, week, fresh } = homeIn({ duties, referrals }, { on: ON, by: 'D. Lal' });
    expect(overdue).toMatchObject([{ what: 'Answer a referral.', daysOver: 1, tag: { text: 'overdue' } }]);
    expect(week).toMatchObject([{ what: 'first review', day: '2026-11-30' }]);
    expect(fresh).toEqual([{ what: 'referred to you', tag: { text: 'waiting', colour: 'yellow' }, day: '2026-11-28' }]);
  });
});

describe('what is recorded from a line', () => {
  const row = {
    localId: 'CN-1',
    programmes: [
      { programmeId: 'p-1', of: 'bct', state: 'running' },
      { programmeId: 'p-0', of: 'hts', state: 'left' },
    ],
  };
  const valuesOf = (act: ReturnType<typeof followUpOf>) => Object.fromEntries((act?.fields ?? []).map(({ name, value }) => [name, value]));

  it('begins with the learner, the programme that runs, the day and who it is', () => {
    const act = followUpOf(row, { on: '2026-11-03', by: 'D. Lal' });
    expect(valuesOf(act)).toEqual({
      ...{ learner: 'local:CN-1', programmeId: 'p-1', of: 'bct', by: 'D. Lal' },
      ...{ 'on-day': '3', 'on-month': '11', 'on-year': '2026' },
    });
  });

  it('says no programme where several run, and nothing of a learner for whom the agency has no id', () => {
    const two = [...row.programmes, { programmeId: 'p-2', of: 'hts', state: 'running' }];
    expect(valuesOf(followUpOf({ ...row, programmes: two }, { on: ON, by: 'x' }))).not.toHaveProperty('programmeId');
    expect(followUpOf({ ...row, localId: undefined }, { on: ON, by: 'x' })).toBeUndefined();
  });

  it('gives each form what it takes, and no form that is about no learner', () => {
    const form = (type: string, names: readonly string[], aboutLearner = true): EventForm => ({
      ...{ type, title: type, says: '', ownId: undefined, aboutLearner },
      fields: names.map((name) => ({ name, label: name, kind: 'line', required: false })),
    });
    const forms = [
      form('programme.signed-off', ['programmeId', 'of']),
      form('circumstance.noted', ['kind']),
      form('office.declared', [], false),
    ];
    const acts = actsFor(forms, { localId: 'CN-1', programmes: [{ programmeId: 'p-1', of: 'bct', endedOn: null }] });
    expect(acts.map(({ type, fields }) => [type, fields.map(({ name }) => name)])).toEqual([
      ['programme.signed-off', ['learner', 'programmeId', 'of']],
      ['circumstance.noted', ['learner']],
    ]);
  });
});

const via = (item: string, clause = 'e2e-passport@1#EP5') => ({
  item,
  clause,
  basis: '6(1)(e)',
  level: 'full',
  purpose: 'support-learner',
});
const PASSPORT: Passport = {
  learner: 'psn:abcdefghijkl',
  on: ON,
  position: '7',
  via: [via('review.held'), via('review.held'), via('learner.identity', 'e2e-passport@1#EP1'), via('programme.moved-on')],
  cover: { givenName: 'Aisha', familyName: 'Rahman', uln: null, adviser: { name: 'Sam', role: 'personal-adviser', byFallback: false } },
  referral: [],
  initialAssessment: [],
  endorsement: null,
  programme: [],
  reviews: [
    { reviewId: 'v-1', of: 'bct', heldOn: '2026-09-30', attendees: ['learner', 'key-worker'], tripartite: false, summary: 'Well.' },
  ],
  placements: [],
  achievements: [],
  movingOn: null,
  completeness: null,
};

describe('a passport', () => {
  it('has no heading over what may not be shown, in the order of the documents', () => {
    expect(partsOf(PASSPORT).map(({ title }) => title)).toEqual(['Who it is', 'Reviews']);
  });

  it('says of each entry whose it is and of which day, and each ground once', () => {
    const [cover, reviews] = partsOf(PASSPORT);
    expect(cover?.entries[0]?.facts).toEqual([
      { label: 'Given name', text: 'Aisha' },
      { label: 'Family name', text: 'Rahman' },
      { label: 'Adviser', text: 'Sam, personal adviser' },
    ]);
    expect(reviews?.entries).toEqual([
      {
        from: 'bct',
        day: '2026-09-30',
        facts: [
          { label: 'Attendees', texts: ['learner', 'key-worker'] },
          { label: 'Summary', text: 'Well.' },
        ],
      },
    ]);
    expect(reviews?.grounds).toEqual([
      { item: 'review held', clause: 'e2e-passport@1#EP5', basis: 'a public task (6(1)(e))', purpose: 'support learner' },
    ]);
  });

  it('names the learner as far as may be, and tells of gaps only where that tells nothing', () => {
    expect(nameIn(PASSPORT)).toBe('Aisha Rahman');
    expect(nameIn({ ...PASSPORT, cover: null, localId: 'B-1' })).toBe('B-1');
    expect(completenessOf(PASSPORT)).toBeUndefined();
    expect(completenessOf({ ...PASSPORT, completeness: { present: 3 } })).toBe('3 of 5 documents');
    expect([isOwnAlone(PASSPORT), isOwnAlone({ via: [via('x', 'own')] })]).toEqual([false, true]);
  });
});

describe('what is known', () => {
  const known = (more: Partial<KnownAssessment>): KnownAssessment => ({
    framework: 'initial',
    domain: 'Literacy',
    by: 'cx',
    assessedOn: '2026-09-01',
    validUntil: '2027-02-28',
    standing: 'valid',
    read: 'full',
    rely: true,
    opens: [],
    ...more,
  });
  const tagOf = (more: Partial<KnownAssessment>): string | undefined => knownLines([known(more)])[0]?.tag.text;

  it('is relied on, asked for or assessed', () => {
    const needs = [{ clause: 'e2e-passport@1#EP3', needs: 'consent' }];
    expect(tagOf({})).toBe('rely on it');
    expect(tagOf({ read: 'existence', opens: needs })).toBe('ask for consent');
    expect(tagOf({ read: 'existence' })).toBe('rely on it');
    expect(tagOf({ rely: false, standing: 'expired' })).toBe('assess');
  });

  it('and what nothing is known in is to be assessed, in words that are the same whether there is something or not', () => {
    expect(knownLines([known({})]).map(({ domain, says }) => [domain, says])).toEqual([
      ['Literacy', 'It counts, and you may read it.'],
      ['numeracy', 'Nothing is known in numeracy: assess.'],
    ]);
    expect(knownLines([])).toHaveLength(2);
  });
});
