// By when lists say that a duty is to be done: as the agreement has it that was in force when it was told, and else as is usual.
import type { AnswerItem } from '#disclosure';
import { type DutyTerm, dutyTerms } from '#duties';
import { term } from '#duties/fixtures';
import { shippedProtocols } from '#sharing-protocols';
import { allocations } from '../allocations/allocations.list.ts';
import { caseload } from '../caseload/caseload.list.ts';
import { earlyLeavers } from '../early-leavers/early-leavers.list.ts';
import { endorsements } from '../endorsements/endorsements.list.ts';
import { rowOf, seen, USUAL_PARTNERSHIP } from '../fixtures/index.ts';
import { followUps } from '../follow-ups/follow-ups.list.ts';
import type { AnyRow, List } from '../lists/index.ts';
import { referrals } from '../referrals/referrals.list.ts';
import { reviews } from '../reviews/reviews.list.ts';
import { riskAssessments } from '../risk-assessments/risk-assessments.list.ts';
import { signOffs } from '../sign-offs/sign-offs.list.ts';
import { youthJusticeCases } from '../youth-justice-cases/youth-justice-cases.list.ts';
import { youthJusticeReleases } from '../youth-justice-releases/youth-justice-releases.list.ts';

const agreed = (protocol: string, id: string, more: object, days: Partial<Pick<DutyTerm, 'from' | 'until'>> = {}): DutyTerm => {
  const found = term(protocol, id, days);
  return { ...found, duty: { ...found.duty, ...more } };
};
const dueOf = (list: List, field: string, items: readonly AnswerItem[], duties: readonly DutyTerm[]): unknown => {
  const row = rowOf(list, '2026-09-10', items, { partnership: { ...USUAL_PARTNERSHIP, duties } });
  return field.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], row);
};

const TOLD = { time: '2026-09-07' };
const STARTED = seen('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-09-07' }, 'hts', TOLD);
const E2E = 'e2e-passport';
const ofProgramme = (short: string, data: object, source = 'hts') => seen(short, { programmeId: 'p', ...data }, source, TOLD);
const ADVISER = seen('learner.adviser-assigned', { role: 'personal-adviser', name: 'Sam' }, 'careers', { time: '2026-09-01' });
const SELF = seen('referral.made', { referralId: 'r', to: 'hts', route: 'self' }, 'hts', TOLD);
const GIVEN = seen('endorsement.given', { endorsementId: 'e' }, 'careers', TOLD);

interface ListWith {
  readonly list: List;
  readonly field: string;
  readonly items: readonly AnswerItem[];
  readonly usual: string;
}

const CASES: readonly (readonly [string, string, ListWith])[] = [
  [
    E2E,
    'follow-up',
    { list: followUps, field: 'due', items: [ofProgramme('adviser.informed', { on: '2026-09-07' }), STARTED], usual: '2026-09-21' },
  ],
  [
    E2E,
    'sign-off',
    { list: signOffs, field: 'due', items: [STARTED, ofProgramme('programme.agreed', { version: '1' })], usual: '2026-10-05' },
  ],
  [E2E, 'first-review', { list: reviews, field: 'dueOn', items: [STARTED], usual: '2026-10-05' }],
  [
    E2E,
    'follow-up-after-review',
    {
      list: reviews,
      field: 'followUpAfter.due',
      items: [ofProgramme('review.held', { heldOn: '2026-09-07' }), STARTED],
      usual: '2026-09-21',
    },
  ],
  [E2E, 'risk-of-failing', { list: riskAssessments, field: 'due', items: [STARTED], usual: '2026-10-05' }],
  [E2E, 'answer-referral', { list: referrals, field: 'due', items: [SELF], usual: '2026-09-21' }],
  [E2E, 'allocate', { list: allocations, field: 'due', items: [SELF], usual: '2026-09-12' }],
  [E2E, 'allocate-starter', { list: allocations, field: 'due', items: [STARTED], usual: '2026-09-12' }],
  [
    E2E,
    'answer-query',
    {
      list: endorsements,
      field: 'due',
      items: [GIVEN, seen('endorsement.queried', { endorsementId: 'e' }, 'hts', TOLD)],
      usual: '2026-09-21',
    },
  ],
  [
    'early-leaving',
    'follow-up-leaver',
    {
      list: earlyLeavers,
      field: 'followUp.due',
      items: [ofProgramme('programme.left-early', { leftOn: '2026-09-10' }), ADVISER],
      usual: '2026-09-24',
    },
  ],
  [
    'youth-justice',
    'case-conference',
    { list: youthJusticeCases, field: 'conferenceDue', items: [seen('offence.noted', { order: 'ISSP' }), STARTED], usual: '2026-10-05' },
  ],
];

describe.each(CASES)('%s asks for %s', (protocol, id, { list, field, items, usual }) => {
  it('as is usual where no agreement in force asks for it', () => {
    const over = agreed(protocol, id, { within: 'P1D' }, { from: '2026-01-01', until: '2026-09-06' });
    expect([dueOf(list, field, items, []), dueOf(list, field, items, [over])]).toEqual([usual, usual]);
  });

  it('as the agreement has it, and of two by the one that asks first', () => {
    const [three, four] = ['P3D', 'P4D'].map((within) => agreed(protocol, id, { within }));
    const due = dueOf(
      list,
      field,
      items,
      [four, three].flatMap((one) => one ?? []),
    );
    expect(due).toBe(field === 'followUp.due' ? '2026-09-13' : '2026-09-10');
  });
});

it('as the agreement had it that was in force then, though it has ended since', () => {
  const [shipped] = shippedProtocols().filter(({ id }) => id === E2E);
  if (!shipped) throw new Error('e2e-passport does not ship.');
  const duties = shipped.duties.map((duty) => (duty.id === 'follow-up' ? { ...duty, within: 'P21D' } : duty));
  const underOneUntil = (until: string): unknown => {
    const document = { ...shipped, duties, inForce: { from: '2026-01-01', until } };
    const completedAt = { on: '2026-01-01', position: 1 };
    const terms = dutyTerms([{ protocol: E2E, version: 1, document, status: 'ended', completedAt }]);
    return dueOf(followUps, 'due', [ofProgramme('adviser.informed', { on: '2026-09-07' }), STARTED], terms);
  };
  expect([underOneUntil('2026-09-07'), underOneUntil('2026-09-06')]).toEqual(['2026-09-28', '2026-09-21']);
});

describe('what was done before', () => {
  const [INFORMED, EARLY] = [
    ofProgramme('adviser.informed', { on: '2026-09-07' }),
    ofProgramme('follow-up.made', { on: '2026-08-30' }, 'careers'),
  ];
  const stateUnder = (...duties: readonly object[]): unknown =>
    dueOf(
      followUps,
      'state',
      [INFORMED, EARLY, STARTED],
      duties.map((more) => agreed(E2E, 'follow-up', more)),
    );

  it('counts for a fortnight where no agreement asks, and as far as the agreement says', () => {
    expect([stateUnder(), stateUnder({}), stateUnder({ beforehand: 'P8D' }), stateUnder({ beforehand: 'P7D' })]).toEqual([
      'discharged',
      'discharged',
      'discharged',
      'open',
    ]);
  });

  it('counts, of several, as far as the one says that asks first, and of equals the one that takes least', () => {
    const [long, short] = [{ beforehand: 'P30D' }, { beforehand: 'P1D' }];
    const [soon, late] = [{ within: 'P2D' }, { within: 'P9D' }];
    expect(stateUnder({ ...late, ...short }, { ...soon, ...long })).toBe('discharged');
    expect([stateUnder({ ...late, ...long }, { ...soon, ...short }), stateUnder(long, short)]).toEqual(['overdue', 'open']);
  });
});

it('a review is due by the day that the last one set, and so long after it as the agreement has it', () => {
  const held = ofProgramme('review.held', { reviewId: 'h', heldOn: '2026-08-01', nextReviewDue: '2026-09-05' });
  const [programme, told] = [
    { ...STARTED, time: '2026-07-06' },
    { ...held, time: '2026-08-01' },
  ];
  const under = (duties: readonly DutyTerm[]) => {
    const made = rowOf(caseload, '2026-09-08', [ADVISER, programme, told], { partnership: { ...USUAL_PARTNERSHIP, duties } });
    return [made?.['nextReview'], (made?.['attention'] as readonly string[]).includes('review-overdue')];
  };
  expect(under([])).toMatchObject([{ due: '2026-09-05' }, true]);
  expect(under([agreed(E2E, 'review-when-due', { within: 'P3D' })])).toMatchObject([{ due: '2026-09-08' }, false]);
  expect(dueOf(reviews, 'dueOn', [programme, told], [agreed(E2E, 'review-when-due', { within: 'P7D' })])).toBe('2026-09-12');
});

it('a caseload is in the order of days as agreed, though whoever was informed later has less time', () => {
  const duties = [
    agreed(E2E, 'follow-up', { within: 'P28D' }, { until: '2026-09-03' }),
    agreed(E2E, 'follow-up', { within: 'P7D' }, { from: '2026-09-04' }),
  ];
  const informedOn = (on: string) =>
    rowOf(caseload, '2026-09-08', [ADVISER, seen('adviser.informed', { programmeId: 'p', on }, 'careers', { time: on })], {
      partnership: { ...USUAL_PARTNERSHIP, duties },
    }) as AnyRow;
  const [first, later] = [informedOn('2026-09-02'), informedOn('2026-09-04')];
  expect([first, later]).toMatchObject([{ followUp: { due: '2026-09-30' } }, { followUp: { due: '2026-09-11' } }]);
  expect([first, later].toSorted((one, other) => caseload.order(one, other))).toEqual([later, first]);
});

it('an assessment before release is due so long before, but not sooner than so long after it was told', () => {
  const planned = seen('release.planned', { from: 'Brookfield', on: '2027-03-01' }, 'yoi', TOLD);
  const due = (more?: object) =>
    dueOf(youthJusticeReleases, 'dueAssessment', [planned], more ? [agreed('youth-justice', 'assessment-before-release', more)] : []);
  expect([due(), due({ less: 'P28D' }), due({ less: 'P300D', within: 'P7D' })]).toEqual(['2026-11-30', '2027-02-01', '2026-09-14']);
});
