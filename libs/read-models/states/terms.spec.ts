// By when lists say that a duty is to be done: as the agreement has it that was in force when it was told, and else as is usual.
import type { AnswerItem } from '#disclosure';
import type { DutyTerm } from '#duties';
import { term } from '#duties/fixtures';
import { allocations } from '../allocations/allocations.list.ts';
import { earlyLeavers } from '../early-leavers/early-leavers.list.ts';
import { endorsements } from '../endorsements/endorsements.list.ts';
import { rowOf, seen, USUAL_PARTNERSHIP } from '../fixtures/index.ts';
import { followUps } from '../follow-ups/follow-ups.list.ts';
import type { List } from '../lists/index.ts';
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

it('an assessment before release is due so long before, but not sooner than so long after it was told', () => {
  const planned = seen('release.planned', { from: 'Brookfield', on: '2027-03-01' }, 'yoi', TOLD);
  const due = (more?: object) =>
    dueOf(youthJusticeReleases, 'dueAssessment', [planned], more ? [agreed('youth-justice', 'assessment-before-release', more)] : []);
  expect([due(), due({ less: 'P28D' }), due({ less: 'P300D', within: 'P7D' })]).toEqual(['2026-11-30', '2027-02-01', '2026-09-14']);
});
