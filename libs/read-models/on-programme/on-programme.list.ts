// Everybody on programme with a provider, linked to an adviser or not, so that nobody slips through the net (views.md, S6; E2E p. 15).
import { MERGED_IDENTITY } from '#sharing-protocols';
import { coded, day, flag, group, list, text } from '../lists/index.ts';
import { isChosen, type LeftRow, onProgrammeOrder, type OnProgrammeRow, onProgrammeRow } from './on-programme.answer.ts';
import { hasEnrolled, proposeOnProgramme } from './on-programme.query.ts';
import { onProgrammeView } from './on-programme.view.ts';

export const onProgramme = list<OnProgrammeRow>({
  name: 'on-programme',
  says: 'Everybody on programme with the asking provider, or with one that has a link adviser of the asking agency.',
  view: onProgrammeView,
  purposes: ['deliver-programme'],
  items: {
    anchor: ['programme.started'],
    beside: [
      MERGED_IDENTITY,
      'learner.registered',
      'learner.corrected',
      'learner.adviser-assigned',
      'learner.adviser-ended',
      'referral.made',
      'programme.left-early',
      'programme.moved-on',
    ],
  },
  filters: {
    provider: { says: 'Slug of the agency that runs the programme.' },
    linked: { says: 'Whether an adviser is assigned.', codes: ['true', 'false'] },
  },
  fields: {
    givenName: text('Given name.'),
    familyName: text('Family name.'),
    of: text('Slug of the agency that runs the programme.'),
    programmeId: text('Its id for the programme.'),
    kind: coded(text('Kind, such as e2e.'), 'programme-kinds'),
    startedOn: day('First day.'),
    route: coded(text('Route of the last referral there.'), 'referral-routes'),
    referredBy: text('Slug of the agency that made it.'),
    adviserAssigned: flag('Whether an adviser is assigned, as far as may be seen.'),
    adviserRole: coded(text('Role of the adviser.'), 'adviser-roles'),
    left: group<LeftRow>('Present where the learner left or moved on.', {
      on: day('Day of leaving.'),
      reason: coded(text('Reason for leaving early, or its group.'), 'reason-groups', 'leaving-reasons'),
    }),
  },
  table: ['familyName', 'givenName', 'of', 'kind', 'startedOn', 'adviserAssigned', 'left_on'],
  propose: proposeOnProgramme,
  hasOwn: hasEnrolled,
  row: onProgrammeRow,
  matches: isChosen,
  order: onProgrammeOrder,
});
