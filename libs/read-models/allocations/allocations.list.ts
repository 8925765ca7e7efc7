// Learners for whom a careers service has to find an adviser (views.md, S5).
import { code, coded, day, flag, group, IDENTITY, list, ownAnchors, personFields, rankedBy, text } from '../lists/index.ts';
import {
  ALLOCATION_STATES,
  allocationRank,
  type AllocationRow,
  allocationRow,
  isChosen,
  type Responsible,
  WHY,
} from './allocations.answer.ts';
import { proposeAllocations } from './allocations.query.ts';
import { allocationAnchors } from './allocations.view.ts';

export const allocations = list<AllocationRow>({
  name: 'allocations',
  says: 'Learners with providers that the asking agency links, handed over to it, or left by its advisers: who has to be given an adviser.',
  view: allocationAnchors.view,
  purposes: ['deliver-programme'],
  items: {
    anchor: ['programme.started', 'referral.made', 'learner.adviser-ended'],
    beside: [
      ...IDENTITY,
      'learner.adviser-assigned',
      'referral.accepted',
      'referral.declined',
      'referral.withdrawn',
      'programme.left-early',
      'programme.moved-on',
    ],
  },
  filters: {
    state: { says: 'Whether an adviser is to be found.', codes: ALLOCATION_STATES },
    office: { says: 'Office of the adviser, or else of the referral.' },
    reason: { says: 'Why an adviser is to be found.', codes: WHY },
    provider: { says: 'Slug of the agency that the learner is with.' },
  },
  fields: {
    ...personFields,
    provider: text('Slug of the agency that the learner is with.'),
    programmeId: text('Its id for the programme.'),
    startedOn: day('First day of the programme.'),
    route: coded(text('By which way the learner came there, as far as may be seen.'), 'referral-routes'),
    referredBy: text('Slug of the agency that referred the learner there.'),
    office: text('Office of the adviser, or else of the referral.'),
    outOfArea: flag("Whether the learner lives outside of the asking agency's districts; null where that is not known."),
    adviserAssigned: text('Role of the adviser assigned.'),
    responsible: group<Responsible>('Who is responsible.', {
      agency: text('Slug of the agency.'),
      name: text('Name of the adviser, where it may be seen.'),
      byFallback: flag('Whether the link adviser of the provider stands in.'),
    }),
    state: code(ALLOCATION_STATES, 'Whether an adviser is to be found.'),
    since: day('Since when.'),
    due: day('By when.'),
    overdue: flag('Whether that day has passed.'),
    why: code(WHY, 'Why.'),
  },
  table: ['familyName', 'givenName', 'provider', 'startedOn', 'route', 'why', 'due'],
  propose: proposeAllocations,
  hasOwn: ownAnchors(allocationAnchors),
  row: allocationRow,
  matches: isChosen,
  ...rankedBy(allocationRank),
});
