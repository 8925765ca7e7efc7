// What staff's first page, a passport and known assessments make of the broker's answers.
import { nameInWords } from '../broker/agency-names.ts';
import type { Acting } from './acts.ts';
import { agesIn, homeIn, homeParts } from './home.ts';
import { clausesNeeding, type KnownAssessment, type Knowing, knownLines } from './known.ts';
import { completenessOf, isOwnAlone, nameIn, partsOf, type Passport } from './passport.ts';

const ON = '2026-11-30';
const ACTING: Acting = { name: 'D. Lal', agency: 'careers', on: ON, types: new Set(['follow-up.made', 'learner.adviser-assigned']) };

describe('mine, now', () => {
  const row = (more: object): Readonly<Record<string, unknown>> => ({ learner: 'psn:a', givenName: 'Owen', attention: [], ...more });

  it('has what is overdue by its day, what the week brings, and what is new', () => {
    const caseload = [
      row({ attention: ['review-overdue', 'attendance-concern'], nextReview: { on: null, due: '2026-11-20' } }),
      row({
        attention: ['follow-up-overdue', 'duty-overdue'],
        followUp: { due: '2026-10-30', state: 'overdue' },
        overdueDuties: [{ duty: 'allocate', says: 'An adviser is found.', due: '2026-11-28', of: null, programmeId: null }],
        localId: 'CN-1',
      }),
      row({ followUp: { due: '2026-12-07', state: 'open' }, nextReview: { on: '2026-12-08', due: null } }),
    ];
    const { overdue, week, fresh } = homeIn({ caseload }, ACTING);
    expect(overdue.map(({ what, day, daysOver }) => [what, day, daysOver])).toEqual([
      ['follow up', '2026-10-30', 31],
      ['review', '2026-11-20', 10],
      ['An adviser is found.', '2026-11-28', 2],
    ]);
    expect(overdue.at(-1)?.acts).toMatchObject([{ label: 'Allocate to me', fields: { learner: 'local:CN-1', name: 'D. Lal' } }]);
    expect(week.map(({ what, day }) => [what, day])).toEqual([['follow up', '2026-12-07']]);
    expect(fresh.map(({ what }) => what)).toEqual(['attendance concern']);
  });

  it('of whoever is no adviser is made of duties and of what came in', () => {
    const duties = [
      row({ state: 'overdue', says: 'Answer a referral.', due: '2026-11-29' }),
      row({ state: 'open', duty: 'first-review', due: '2026-11-30' }),
      row({ state: 'open', duty: 'later', due: '2026-12-08' }),
    ];
    const referrals = [
      { learner: null, direction: 'received', state: 'waiting', madeOn: '2026-11-28' },
      { learner: null, direction: 'made', state: 'declined', madeOn: '2026-11-02', answeredOn: '2026-11-16' },
      { learner: null, direction: 'made', state: 'declined', madeOn: '2026-11-02', answeredOn: '2026-11-15' },
    ];
    const { overdue, week, fresh } = homeIn({ duties, referrals }, ACTING);
    expect(overdue).toMatchObject([{ what: 'Answer a referral.', daysOver: 1, tag: { text: 'overdue' } }]);
    expect(week).toMatchObject([{ what: 'first review', day: '2026-11-30' }]);
    expect(fresh).toMatchObject([
      { what: 'referred to you', tag: { text: 'waiting', colour: 'yellow' }, day: '2026-11-28' },
      { what: 'referral declined', tag: { text: 'declined' }, day: '2026-11-16' },
    ]);
    expect(fresh).toHaveLength(2);
  });

  it('counts what is there as a whole, and says of the rest where it stands', () => {
    const duties = [1, 2, 3].map((n) => row({ state: 'overdue', says: 'Answer.', due: `2026-11-0${n}` }));
    const referrals = [{ learner: null, direction: 'received', state: 'waiting', madeOn: '2026-11-28' }];
    const parts = homeParts(homeIn({ duties, referrals }, ACTING), { overdue: '/staff/lists/duties', week: '/never' });
    expect(parts.map(({ title, further }) => [title, further])).toEqual([
      ['Overdue (the first 3)', '/staff/lists/duties'],
      ['New for you (1)', undefined],
    ]);
  });
});

it('counts what is due by duty and age: what has most overdue first', () => {
  const over = (what: string, daysOver: number, kind?: string) => ({ what, daysOver, ...(kind !== undefined && { kind }) });
  const overdue = [over('Answer it.', 1, 'answer referral'), over('review', 7), over('review', 8), over('review', 29)];
  expect(agesIn({ overdue, week: [{ what: 'follow up' }] })).toEqual([
    { duty: 'Review', due: 0, upTo7: 1, upTo28: 1, over28: 1 },
    { duty: 'Answer referral', due: 0, upTo7: 1, upTo28: 0, over28: 0 },
    { duty: 'Follow up', due: 1, upTo7: 0, upTo28: 0, over28: 0 },
  ]);
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
  cover: {
    givenName: 'Aisha',
    familyName: 'Rahman',
    uln: null,
    adviser: { name: 'Sam', role: 'personal-adviser', agency: 'careers-north', byFallback: false },
  },
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

const NAMES = { codes: new Map(), nameOf: nameInWords };

describe('a passport', () => {
  it('has no heading over what may not be shown, in the order of the documents', () => {
    expect(partsOf(PASSPORT, NAMES).map(({ title }) => title)).toEqual(['Who it is', 'Reviews']);
  });

  it('says of each entry whose it is and of which day, and each ground once', () => {
    const [cover, reviews] = partsOf(PASSPORT, NAMES);
    expect(cover?.entries[0]?.facts).toEqual([
      { label: 'Given name', text: 'Aisha' },
      { label: 'Family name', text: 'Rahman' },
      { label: 'Adviser', text: 'Sam, personal adviser, Careers North' },
    ]);
    expect(reviews?.entries).toEqual([
      {
        from: 'bct',
        day: '2026-09-30',
        facts: [
          { label: 'Attendees', texts: ['learner', 'key worker'] },
          { label: 'Summary', text: 'Well.' },
        ],
      },
    ]);
    expect(reviews?.grounds).toEqual([
      {
        item: 'review held',
        clause: 'e2e-passport@1#EP5',
        basis: 'a public task (6(1)(e))',
        purpose: 'support learner',
        href: '/agreements/e2e-passport/1#EP5',
      },
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
    assessmentId: 'a-1',
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
  const acting: Acting = { ...ACTING, types: new Set(['assessment.recorded', 'consent.requested']) };
  const NEEDS = [{ clause: 'reuse@1#AR1', needs: 'consent' }];
  const SCOPE = { protocol: 'reuse', purposes: ['plan-learning'], categories: ['apir'] };
  const knowing: Knowing = { acting, localId: 'C-1', asked: [], scopes: new Map([['reuse@1#AR1', SCOPE]]) };
  const tagOf = (more: Partial<KnownAssessment>): string | undefined => knownLines([known(more)], knowing)[0]?.tag.text;

  it('is relied on, asked for or assessed', () => {
    const needs = [{ clause: 'e2e-passport@1#EP3', needs: 'consent' }];
    expect(tagOf({})).toBe('rely on it');
    expect(tagOf({ read: 'existence', opens: needs })).toBe('ask for consent');
    expect(tagOf({ read: 'existence' })).toBe('rely on it');
    expect(tagOf({ rely: false, standing: 'expired' })).toBe('assess');
  });

  it('and what nothing is known in is to be assessed, in words that are the same whether there is something or not', () => {
    expect(knownLines([known({})], knowing).map(({ domain, says }) => [domain, says])).toEqual([
      ['Literacy', 'It counts, and you may read it.'],
      ['numeracy', 'Nothing is known in numeracy: assess.'],
    ]);
    expect(knownLines([], knowing)).toHaveLength(2);
  });

  it('is supplemented with the reason, by whoever relies on it', () => {
    const [line] = knownLines([known({})], knowing);
    expect(line?.acts.map(({ label }) => label)).toEqual(['Supplement it']);
    expect(line?.acts[0]?.fields).toMatchObject({
      learner: 'local:C-1',
      framework: 'initial',
      'supersedes.assessmentId': 'a-1',
      'supersedes.reason': 'not-comprehensive',
    });
    expect(knownLines([known({})], { ...knowing, acting: { ...acting, types: new Set() } })[0]?.acts).toEqual([]);
  });

  it('is asked for on behalf of one’s own agency alone, and once: then it says since when', () => {
    const lacking = known({ read: 'existence', opens: NEEDS });
    expect(clausesNeeding([lacking, known({}), known({ rely: false, read: 'existence', opens: NEEDS })])).toEqual(['reuse@1#AR1']);
    const [line] = knownLines([lacking], knowing);
    expect(line?.acts[0]).toMatchObject({
      type: 'consent.requested',
      fields: { protocol: 'reuse', categories: 'apir', recipients: 'careers', 'until-day': '28', 'until-month': '12' },
    });
    const request = { protocol: 'reuse', categories: ['apir'], askedOn: '2026-09-03', until: '2026-12-31', state: 'awaited' };
    const [asked] = knownLines([lacking], { ...knowing, asked: [request] });
    expect([asked?.tag.text, asked?.askedOn, asked?.acts.map(({ type }) => type)]).toEqual([
      'asked',
      '2026-09-03',
      ['assessment.recorded'],
    ]);
    expect(knownLines([lacking], { ...knowing, asked: [{ ...request, state: 'past' }] })[0]?.tag.text).toBe('ask for consent');
  });
});
