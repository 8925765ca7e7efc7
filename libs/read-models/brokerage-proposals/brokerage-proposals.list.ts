// Proposals to the broker of an area, for whoever has no place yet (views.md, S8).
import { applications } from '../applications/index.ts';
import { code, count, day, flag, group, personFields, text, workedOut } from '../lists/index.ts';
import { provisionList } from '../provision/index.ts';
import { type GapToRaise, proposalRows, type ProposalRow, WHY } from './brokerage-proposals.answer.ts';

const { cohort = { says: '' } } = applications.filters;

export const brokerageProposals = workedOut<ProposalRow>({
  name: 'brokerage/proposals',
  says: 'For each applicant of the area without a place, the first choice that has one left. Nothing is written: the broker decides.',
  source: applications,
  ofAll: true,
  things: [provisionList],
  purposes: ['match-provision', 'guarantee-place'],
  filters: { cohort },
  fields: {
    ...personFields,
    applicationId: text("The sender's id for the application."),
    submittedOn: day('Day on which it was sent.'),
    rank: count('Place of the proposed choice in the order of preference.'),
    agency: text('Slug of the agency proposed; null where no choice has a place left.'),
    provision: text('Its provision.'),
    placesLeft: count('Places left there, of those listed, before this proposal; null where nothing chosen is listed.'),
    overbooked: flag('Whether of something chosen more places are taken than are listed.'),
    why: code(WHY, 'What came of looking.'),
    gap: group<GapToRaise>('What a gap in provision would be raised about, where no choice has a place.', {
      occupation: text('The first choice.'),
      area: text('Its area, where it is listed.'),
    }),
  },
  table: ['familyName', 'givenName', 'submittedOn', 'rank', 'agency', 'provision', 'placesLeft', 'why'],
  rows: proposalRows,
});
