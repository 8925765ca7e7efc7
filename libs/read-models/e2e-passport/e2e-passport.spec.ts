// The documents of the E2E Passport: given what the gate let through, then what they say (views.md, S2 and part 4).
import type { AnswerItem } from '#disclosure';
import { type Asked, contentOf, type Said, seenItem } from '../fixtures/index.ts';
import { e2ePassport } from './e2e-passport.document.ts';

type Data = Readonly<Record<string, unknown>>;

const careers = (short: string, data: Data, more: Said = {}): AnswerItem => seenItem(short, data, { by: 'careers', ...more });
const STARTED = seenItem('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-07-06' });
const passport = (items: readonly AnswerItem[], asked?: Asked): Data => contentOf(e2ePassport, items, asked);
const part = (name: string, ...items: readonly AnswerItem[]): unknown => passport(items)[name];

describe('the E2E Passport', () => {
  it('says nothing of a document of which nothing is seen, whether it is absent or withheld', () => {
    expect(passport([])).toEqual({
      cover: null,
      referral: [],
      initialAssessment: [],
      endorsement: null,
      programme: [],
      reviews: [],
      placements: [],
      achievements: [],
      movingOn: null,
      completeness: null,
    });
  });

  it('leaves out what its source retracted', () => {
    expect(part('programme', { ...STARTED, status: 'retracted' })).toEqual([]);
  });
});

describe('the cover', () => {
  const assigned = (role: string, name: string, by = 'careers'): AnswerItem => seenItem('learner.adviser-assigned', { name, role }, { by });
  const ended = (role: string, on: string, by = 'careers'): AnswerItem => seenItem('learner.adviser-ended', { role, on }, { by });
  const adviser = (items: readonly AnswerItem[], more: Asked = {}): unknown => {
    const counting = new Set(items.keys());
    const { cover } = passport(items, { ...more, facts: { counting, ...more.facts } }) as { cover: { adviser: unknown } | null };
    return cover?.adviser ?? null;
  };

  it('names the personal adviser, else a dedicated one, else the learner’s link adviser', () => {
    const all = [assigned('link-adviser', 'Lee'), assigned('dedicated-adviser', 'Dee', 'city-yot'), assigned('personal-adviser', 'Pat')];
    expect([adviser(all), adviser(all.slice(0, 2)), adviser(all.slice(0, 1))]).toMatchObject([
      { name: 'Pat', role: 'personal-adviser' },
      { name: 'Dee', role: 'dedicated-adviser', agency: 'city-yot' },
      { name: 'Lee', role: 'link-adviser', byFallback: false },
    ]);
  });

  it('names the one assigned last, until that one ends: whoever was displaced stays so', () => {
    const two = [assigned('personal-adviser', 'Pat'), assigned('personal-adviser', 'Sam', 'south')];
    expect(adviser(two)).toMatchObject({ name: 'Sam', agency: 'south' });
    const over = [...two, ended('personal-adviser', '2026-09-30', 'south')];
    expect([adviser(over), adviser(over, { on: '2026-09-29' })]).toMatchObject([null, { name: 'Sam' }]);
    expect(adviser([...two, ended('personal-adviser', '2026-09-30')])).toMatchObject({ name: 'Sam' });
  });

  it('names nobody whose assignment does not count, but oneself where nobody else is seen', () => {
    const claim = { ...assigned('personal-adviser', 'Mallory', 'south') };
    expect(adviser([claim], { facts: { counting: new Set() } })).toBeNull();
    expect(adviser([{ ...claim, clause: 'own' }], { facts: { counting: new Set() } })).toMatchObject({ name: 'Mallory' });
    const both = [assigned('personal-adviser', 'Pat'), { ...claim, clause: 'own' }];
    expect(adviser(both, { facts: { counting: new Set([0]) } })).toMatchObject({ name: 'Pat' });
  });

  it('falls back on the link adviser of the provider of the current programme', () => {
    const facts = { linkAdvisers: new Map([['bct', 'careers']]) };
    expect(adviser([STARTED], { facts })).toEqual({ name: null, role: 'link-adviser', agency: 'careers', contact: null, byFallback: true });
    expect(adviser([STARTED, assigned('personal-adviser', 'Pat')], { facts })).toMatchObject({ name: 'Pat', byFallback: false });
    const left = seenItem('programme.left-early', { programmeId: 'p', leftOn: '2026-09-01' });
    expect(adviser([STARTED, left], { facts })).toBeNull();
  });

  it('names the key worker of the provider', () => {
    const workers = [assigned('key-worker', 'Kit', 'hts'), assigned('key-worker', 'Tim', 'bct')];
    expect(passport([STARTED, ...workers])['cover']).toMatchObject({ keyWorker: { name: 'Tim', agency: 'bct' }, provider: 'bct' });
    expect(passport([STARTED, ...workers, ended('key-worker', '2026-09-01', 'bct')])['cover']).toMatchObject({ keyWorker: null });
  });
});

describe('a referral', () => {
  const made = (more: Data = {}, said: Said = {}): AnswerItem =>
    careers('referral.made', { referralId: 'r', to: 'bct', route: 'connexions', ...more }, { time: '2026-01-10', ...said });
  const answers = (...items: readonly AnswerItem[]): unknown =>
    (part('referral', ...items) as readonly Data[]).map(({ answer, answeredOn }) => [answer, answeredOn]);

  it.each([
    ['accepted', seenItem('referral.accepted', { referralId: 'r' }, { time: '2026-01-12' }), '2026-01-12'],
    ['declined', seenItem('referral.declined', { referralId: 'r', of: 'careers' }, { time: '2026-01-13' }), '2026-01-13'],
    ['withdrawn', careers('referral.withdrawn', { referralId: 'r' }, { time: '2026-01-14' }), '2026-01-14'],
  ])('%s says so, and when', (answer, item, on) => {
    expect(answers(made(), item)).toEqual([[answer, on]]);
  });

  it('is answered by the agency named alone, and by what is said of it', () => {
    const others = [
      seenItem('referral.declined', { referralId: 'r' }, { by: 'hts' }),
      seenItem('referral.declined', { referralId: 'q' }),
      seenItem('referral.declined', { referralId: 'r', of: 'school' }),
    ];
    expect(answers(made({}, { time: '2026-09-30' }), ...others)).toEqual([[null, null]]);
  });

  it('lapses after 180 days, that day not included, where nobody took it up', () => {
    const rows = (on: string, ...more: readonly AnswerItem[]): unknown =>
      (passport([made(), ...more], { on })['referral'] as readonly Data[]).map(({ answer }) => answer);
    expect([rows('2026-07-09'), rows('2026-07-10'), rows('2026-07-10', STARTED)]).toEqual([[null], ['lapsed'], [null]]);
  });

  it('of which the source is not told has none', () => {
    const { source: _, ...disguised } = made();
    expect(part('referral', disguised as AnswerItem)).toMatchObject([{ from: null, to: 'bct', madeOn: '2026-01-10' }]);
  });
});

describe('the programmes', () => {
  const programmes = (on: string, ...items: readonly AnswerItem[]): unknown => passport([STARTED, ...items], { on })['programme'];
  const agreed = (version: number, time: string): AnswerItem =>
    seenItem('programme.agreed', { programmeId: 'p', version, objectives: [`of ${version}`] }, { time });
  const signed = (more: Data = {}): AnswerItem =>
    careers('programme.signed-off', {
      programmeId: 'p',
      signedBy: { name: 'Sam', role: 'personal-adviser' },
      signedOn: '2026-07-21',
      ...more,
    });

  it('stand as agreed last, whatever the versions are called', () => {
    expect(programmes('2026-10-01', agreed(2, '2026-07-20'), agreed(1, '2026-09-01'))).toMatchObject([
      { version: '1', objectives: ['of 1'] },
    ]);
  });

  it('are signed off in the version named, else in the one agreed last by then', () => {
    const versions = [agreed(1, '2026-07-20'), agreed(2, '2026-09-01')];
    expect(programmes('2026-10-01', ...versions, signed())).toMatchObject([{ signedOff: { by: 'Sam', on: '2026-07-21', version: '1' } }]);
    expect(programmes('2026-10-01', ...versions, signed({ version: 2, onBehalfOf: 'Pat' }))).toMatchObject([
      { signedOff: { version: '2', onBehalfOf: 'Pat' } },
    ]);
  });

  it('are queried until agreed anew or signed off', () => {
    const queried = careers('programme.queried', { programmeId: 'p', reason: 'No placement' });
    expect(programmes('2026-10-01', agreed(1, '2026-07-20'), queried)).toMatchObject([{ queried: 'No placement' }]);
    for (const after of [agreed(2, '2026-09-01'), signed()])
      expect(programmes('2026-10-01', queried, after)).toMatchObject([{ queried: null }]);
  });

  it('of which two go on are both there, the one that started last first of all', () => {
    const other = seenItem('programme.started', { programmeId: 'q', startedOn: '2026-09-01' }, { by: 'wulfrun' });
    const primaries = (on: string): unknown =>
      (programmes(on, other) as readonly Data[]).map(({ programmeId, primary }) => [programmeId, primary]);
    expect(primaries('2026-10-01')).toEqual([
      ['p', false],
      ['q', true],
    ]);
    expect(primaries('2026-08-31')).toEqual([
      ['p', true],
      ['q', false],
    ]);
  });

  it('of two providers that gave them one id are told apart by whose they are', () => {
    const other = seenItem('programme.started', { programmeId: 'p', startedOn: '2026-09-01' }, { by: 'hts' });
    const theirs = seenItem('programme.agreed', { programmeId: 'p', version: 7, objectives: [] }, { by: 'hts' });
    const found = programmes('2026-10-01', other, agreed(1, '2026-07-20'), theirs, signed({ of: 'hts' })) as readonly Data[];
    expect(found.map(({ of, version, signedOff }) => [of, version, signedOff !== null])).toEqual([
      ['bct', '1', false],
      ['hts', '7', true],
    ]);
  });

  it('end by the first that ended them', () => {
    const ends = [
      seenItem('programme.left-early', { programmeId: 'p', leftOn: '2026-09-20' }),
      seenItem('programme.moved-on', { programmeId: 'p', on: '2026-09-10' }),
    ];
    expect(programmes('2026-10-01', ...ends)).toMatchObject([{ endedOn: '2026-09-20', primary: false }]);
    expect(programmes('2026-09-19', ...ends)).toMatchObject([{ primary: true }]);
  });
});

describe('reviews', () => {
  it.each([
    [['learner', 'key-worker', 'personal-adviser'], true],
    [['Learner', 'Key worker', 'link_adviser'], true],
    [['learner', 'personal-adviser'], false],
    [['key-worker', 'link-adviser'], false],
    [[], false],
  ])('attended by %j are tripartite: %s', (attendees, tripartite) => {
    expect(part('reviews', seenItem('review.held', { heldOn: '2026-08-01', attendees }))).toMatchObject([{ tripartite }]);
  });
});

describe('what is complete', () => {
  const everything = [
    careers('referral.made', { referralId: 'r', to: 'bct' }),
    careers('assessment.recorded', { assessmentId: 'a', framework: 'initial', assessedOn: '2026-06-29' }),
    STARTED,
    seenItem('programme.agreed', { programmeId: 'p', version: 1 }),
    seenItem('review.held', { programmeId: 'p', heldOn: '2026-08-01' }),
    seenItem('moving-on.planned', { programmeId: 'p', aim: 'A job', on: '2026-12-01' }),
  ];
  const complete = (items: readonly AnswerItem[], whole: readonly string[] = ['bct']): unknown =>
    passport(items, { facts: { whole: new Set(whole) } })['completeness'];

  it('is told of the current programme, to whoever would be shown each document', () => {
    expect(complete(everything)).toMatchObject({ programmeId: 'p', present: 5 });
    expect(complete(everything.slice(0, 4))).toMatchObject({ programme: true, reviews: false, movingOn: false, present: 3 });
    expect(complete([STARTED])).toMatchObject({ present: 0 });
  });

  it('is told to nobody else, and of no programme that is over', () => {
    expect([complete(everything, []), complete(everything, ['hts']), complete([])]).toEqual([null, null, null]);
    expect(complete([...everything, seenItem('programme.left-early', { programmeId: 'p', leftOn: '2026-09-01' })])).toBeNull();
  });
});

describe('moving on', () => {
  it('has the plan and what came of it, its destination as a code or as a group', () => {
    const planned = seenItem('moving-on.planned', { programmeId: 'p', aim: 'A job', support: ['CV'], on: '2026-12-01' });
    const moved = (data: Data): AnswerItem => seenItem('programme.moved-on', { programmeId: 'p', on: '2026-09-20', ...data });
    expect(part('movingOn', STARTED, planned, moved({ activityGroup: 'employment' }))).toEqual({
      aim: 'A job',
      support: ['CV'],
      plannedOn: '2026-12-01',
      destination: null,
      destinationGroup: 'employment',
      on: '2026-09-20',
    });
    expect(part('movingOn', STARTED, moved({ destination: '330' }))).toMatchObject({
      aim: null,
      destination: '330',
      destinationGroup: null,
    });
  });
});
