// The Guarantee: nobody is without the offer of a place (views.md, S9).
import { MERGED_IDENTITY } from '#sharing-protocols';
import { code, count, day, flag, group, groups, list, personFields, rankedBy, text } from '../lists/index.ts';
import {
  type AppliedRow,
  GUARANTEE_STATES,
  type GuaranteeAdviser,
  guaranteeRank,
  type GuaranteeRow,
  guaranteeRow,
  isChosen,
  type OfferRow,
  YEAR_GROUPS,
} from './guarantee.answer.ts';
import { hasOfferedOrApplied, proposeGuarantee } from './guarantee.query.ts';
import { guaranteeView } from './guarantee.view.ts';

export const guarantee = list<GuaranteeRow>({
  name: 'guarantee',
  says: 'Young people of the area who are to have the offer of a place, those of whom nothing is known included.',
  view: guaranteeView,
  isOneAPerson: true,
  purposes: ['guarantee-place'],
  items: {
    anchor: [MERGED_IDENTITY, 'offer.made', 'application.submitted'],
    beside: [
      'learner.registered',
      'learner.corrected',
      'offer.accepted',
      'offer.declined',
      'application.placed',
      'programme.started',
      'learner.adviser-assigned',
      'learner.adviser-ended',
    ],
  },
  filters: {
    cohort: { says: 'Year of the September in which the places begin; the next one where nothing is said.', period: 'year' },
    'year-group': { says: 'Year group that they are in before it.', codes: YEAR_GROUPS, usual: '11' },
    state: { says: 'How they stand.', codes: GUARANTEE_STATES },
    school: { says: 'Slug of the school or college that they are with.' },
    since: { says: 'Those alone to whom an offer was made on that day or later.', period: 'day' },
  },
  fields: {
    ...personFields,
    dateOfBirth: day('Date of birth.'),
    cohort: text('Year for which the place is; null where no birth date is seen.'),
    homeInstitution: text('Slug of the school that they are with.'),
    state: code(GUARANTEE_STATES, 'The first of these that holds.'),
    offers: groups<OfferRow>('Offers for that year.', {
      agency: text('Slug of the agency.'),
      provision: text('Its provision.'),
      madeOn: day('Day of the offer.'),
      answer: code(['none', 'accepted', 'declined'], 'What was answered last.'),
      startsOn: day('First day.'),
    }),
    applications: groups<AppliedRow>('Places chosen.', {
      agency: text('Slug of the agency.'),
      submittedOn: day('Day of the application.'),
    }),
    placedAt: text('Slug of the agency with which an application was placed.'),
    adviser: group<GuaranteeAdviser>('The personal adviser, where that may be seen.', {
      agency: text('Slug of the agency.'),
      name: text('Name.'),
    }),
    daysWithout: count('Days without an offer.'),
    notSuitable: flag('Whether an offer was declined as not suitable.'),
    attention: flag('No place offered: from June on without an application, after September in any case.'),
  },
  table: ['familyName', 'givenName', 'homeInstitution', 'state', 'daysWithout', 'attention'],
  propose: proposeGuarantee,
  hasOwn: hasOfferedOrApplied,
  row: guaranteeRow,
  matches: isChosen,
  ...rankedBy(guaranteeRank),
});
