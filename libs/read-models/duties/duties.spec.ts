// Duties of a learner, as one may see what triggers and what discharges them (views.md, part 4).
import { shippedCatalogue, type ShortType } from '#catalogue';
import type { AnswerItem } from '#disclosure';
import { BESIDE, dutyTerms, TRIGGERS } from '#duties';
import { shippedProtocols } from '#sharing-protocols';
import { askerOf, rowsOf, seen, USUAL_PARTNERSHIP } from '../fixtures/index.ts';
import { duties } from './duties.list.ts';

const ROLES: Readonly<Record<string, readonly ('connexions' | 'provider')[]>> = {
  careers: ['connexions'],
  south: ['connexions'],
  bct: ['provider'],
};
const terms = dutyTerms(
  shippedProtocols().map((document) => ({
    protocol: document.id,
    version: document.version,
    document,
    status: 'in-force' as const,
  })),
);
const linkAdviserOf = (provider: string) => (provider === 'bct' ? 'south' : undefined);
const partnership = { ...USUAL_PARTNERSHIP, duties: terms, rolesOf: (slug: string) => ROLES[slug] ?? [], linkAdviserOf };

const started = seen('programme.started', { programmeId: 'p-1', kind: 'e2e', startedOn: '2026-09-07' }, 'bct', {
  id: 'item-1',
  time: '2026-09-07',
});
const adviser = seen('learner.adviser-assigned', { role: 'personal-adviser', name: 'Sam' });
const told = (on: string, items: readonly AnswerItem[], asker = askerOf('careers', { roles: ['connexions'] })) =>
  rowsOf(duties, on, items, { partnership, asker, knownAt: Date.parse('2026-09-07T12:00Z') });

describe('what follows from the start of a programme', () => {
  it('is told to the adviser’s agency, a row a duty, with whose it is', () => {
    const rows = told('2026-10-06', [started, adviser]);
    expect(rows.map(({ duty, bearer, due, state }) => [duty, bearer, due, state])).toEqual(
      expect.arrayContaining([
        ['sign-off', 'me', '2026-10-05', 'overdue'],
        ['risk-of-failing', 'me', '2026-10-05', 'overdue'],
        ['first-review', 'others', '2026-10-05', 'overdue'],
      ]),
    );
    expect(rows.find(({ duty }) => duty === 'sign-off')).toMatchObject({
      dutyId: 'item-1/e2e-passport@1/sign-off',
      of: 'bct',
      programmeId: 'p-1',
      since: '2026-09-07',
      says: expect.stringContaining('within its first four weeks'),
    });
  });

  it('is the provider’s where it is about learning there', () => {
    const rows = told('2026-10-01', [started, adviser], askerOf('bct', { roles: ['provider'] }));
    expect(rows.filter(({ bearer }) => bearer === 'me').map(({ duty }) => duty)).toEqual(
      expect.arrayContaining(['first-review', 'risk-of-failing']),
    );
    expect(rows.find(({ duty }) => duty === 'sign-off')?.['bearer']).toBe('others');
  });

  it('is done with what one may see, and stays open for who may not see it', () => {
    const signed = seen('programme.signed-off', { programmeId: 'p-1', signedOn: '2026-10-07' }, 'careers', { time: '2026-10-07' });
    const signOff = (items: readonly AnswerItem[]) => told('2026-10-08', items).find(({ duty }) => duty === 'sign-off');
    expect(signOff([started, adviser, signed])).toMatchObject({ state: 'discharged', dischargedOn: '2026-10-07', lateByDays: 2 });
    expect(signOff([started, adviser])).toMatchObject({ state: 'overdue', dischargedOn: null });
  });
});

it('says by which position of the asker’s own it was done, and of others’ none', () => {
  const signed = seen('programme.signed-off', { programmeId: 'p-1', signedOn: '2026-10-02' }, 'careers', { position: '812' });
  const of = (items: readonly AnswerItem[]) => told('2026-10-08', items).find(({ duty }) => duty === 'sign-off');
  expect(of([started, adviser, signed])).toMatchObject({ state: 'discharged', dischargedBy: '812' });
  const { position: _, ...others } = signed;
  expect(of([started, adviser, { ...others, source: 'urn:concordat:agency:south' }])).toMatchObject({
    state: 'discharged',
    dischargedBy: null,
  });
});

describe('who is responsible', () => {
  const south = askerOf('south', { roles: ['connexions'] });
  const signOff = (items: readonly AnswerItem[], asker = south) => told('2026-10-01', items, asker).find(({ duty }) => duty === 'sign-off');
  const assigned = (role: 'personal-adviser' | 'dedicated-adviser' | 'link-adviser', source: string) =>
    seen('learner.adviser-assigned', { role, name: 'Sam' }, source);

  it('is the link adviser of where the learner is, where nobody was assigned', () => {
    expect(signOff([started])).toMatchObject({ bearer: 'me', byFallback: true });
    expect(signOff([started], askerOf('careers', { roles: ['connexions'] }))).toMatchObject({ bearer: 'others', byFallback: false });
    const left = seen('programme.left-early', { programmeId: 'p-1', leftOn: '2026-09-20', reason: 'job-offer' }, 'bct', {
      time: '2026-09-20',
    });
    expect(signOff([started, left])).toMatchObject({ bearer: 'others' });
  });

  it('is the personal adviser before the dedicated one, and that before the learner’s own link adviser, whoever came last', () => {
    const link = assigned('link-adviser', 'south');
    expect(signOff([started, assigned('personal-adviser', 'south'), assigned('dedicated-adviser', 'careers')])).toMatchObject({
      bearer: 'me',
      byFallback: false,
    });
    expect(signOff([started, assigned('dedicated-adviser', 'careers'), link])).toMatchObject({ bearer: 'others' });
    expect(signOff([started, link])).toMatchObject({ bearer: 'me', byFallback: false });
  });
});

describe('what a duty is about', () => {
  const aboutOf = (duty: string, ...items: readonly AnswerItem[]) =>
    items.flatMap((_, anchor) =>
      rowsOf(duties, '2026-10-06', items, { partnership, asker: askerOf('bct', { roles: ['provider'] }), anchor })
        .filter((row) => row['duty'] === duty)
        .map((row) => row['about']),
    );

  it.each<readonly [duty: string, item: AnswerItem, about: object]>([
    ['sign-off', started, { kind: 'programme', id: 'p-1', of: 'bct' }],
    [
      'answer-referral',
      seen('referral.made', { referralId: 'r-1', to: 'bct', route: 'connexions' }, 'careers'),
      { kind: 'referral', id: 'r-1', of: 'careers' },
    ],
    [
      'follow-up-after-review',
      seen('review.held', { reviewId: 'v-1', programmeId: 'p-1', heldOn: '2026-09-20' }, 'bct'),
      { kind: 'review', id: 'v-1', of: 'bct' },
    ],
    [
      'answer-query',
      seen('endorsement.queried', { endorsementId: 'e-1', of: 'careers' }, 'bct'),
      { kind: 'endorsement', id: 'e-1', of: 'careers' },
    ],
    [
      'allocate-again',
      seen('learner.adviser-ended', { role: 'personal-adviser', on: '2026-09-20' }, 'careers'),
      { kind: 'adviser', id: null, of: 'careers' },
    ],
    [
      'assessment-before-release',
      seen('release.planned', { from: 'Brookfield', on: '2027-03-01' }, 'yoi'),
      { kind: 'release', id: null, of: 'yoi' },
    ],
  ])('is told with whose it is: %s', (duty, item, about) => {
    expect(aboutOf(duty, item)).toEqual([about]);
  });

  it('is, of an answer that names no referrer, the referral that it answered', () => {
    const referral = (by: string) =>
      seen('referral.made', { referralId: 'r-1', to: 'bct', route: 'connexions' }, by, { time: '2026-09-01' });
    const declined = seen('referral.declined', { referralId: 'r-1' }, 'bct', { time: '2026-09-10' });
    expect(aboutOf('refer-on', referral('careers'), referral('south'), declined)).toEqual([{ kind: 'referral', id: 'r-1', of: 'careers' }]);
  });

  it('is what is asked for by its id, or by that of its programme', () => {
    const row = rowsOf(
      duties,
      '2026-10-06',
      [started, seen('review.held', { reviewId: 'v-1', programmeId: 'p-1', heldOn: '2026-09-20' }, 'bct')],
      {
        ...{ partnership, anchor: 1 },
      },
    ).find(({ duty }) => duty === 'follow-up-after-review');
    expect(['v-1', 'p-1', 'v-2'].map((about) => row && duties.matches(row, { about }))).toEqual([true, true, false]);
  });
});

it('takes all events about learners that trigger and discharge what ships', () => {
  const ofLearners = (moments: readonly (string | undefined)[]): readonly ShortType[] => {
    const types = moments.flatMap((moment) => (moment === undefined ? [] : [moment.split('.').slice(0, 2).join('.') as ShortType]));
    return [...new Set(types)].filter((type) => shippedCatalogue().byShort(type).subject === 'required').sort();
  };
  const all = terms.map(({ duty }) => duty).filter(({ dischargedBy }) => !dischargedBy.includes('notice.acknowledged'));
  expect([...TRIGGERS].sort()).toEqual(ofLearners(all.flatMap(({ after, by }) => [after, by])));
  const taken: readonly string[] = [...TRIGGERS, ...BESIDE];
  expect(ofLearners(all.flatMap(({ dischargedBy }) => dischargedBy)).filter((type) => !taken.includes(type))).toEqual([]);
});
