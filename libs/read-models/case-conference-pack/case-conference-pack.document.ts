// The papers of a case conference (views.md, S7; E2E p. 19).
import { MERGED_IDENTITY } from '#sharing-protocols';
import {
  coverFields,
  type CoverRow,
  learnerDocument,
  placementFields,
  type PlacementRow,
  programmeFields,
  type ProgrammeRow,
  reviewFields,
  type ReviewRow,
  STANDINGS,
} from '../documents/index.ts';
import { code, coded, day, group, groups, text, texts } from '../lists/index.ts';
import {
  type CaseConferencePack,
  type ConferenceRow,
  type OffenceRow,
  packIn,
  type PassportPart,
  type ReleaseRow,
  type RiskRow,
  type YouthJusticePart,
} from './case-conference-pack.answer.ts';

export const caseConferencePack = learnerDocument<CaseConferencePack>({
  name: 'case-conference-pack',
  says: 'What a case conference needs: offences, risk, conferences and release in one part, items of the passport in another.',
  purposes: ['prevent-reoffending', 'deliver-programme', 'support-learner'],
  items: {
    types: [
      'offence.noted',
      'case-conference.held',
      'release.planned',
      'assessment.recorded',
      'assessment.rectified',
      MERGED_IDENTITY,
      'learner.registered',
      'learner.corrected',
      'learner.adviser-assigned',
      'learner.adviser-ended',
      'programme.started',
      'programme.agreed',
      'programme.queried',
      'programme.signed-off',
      'programme.left-early',
      'programme.moved-on',
      'review.held',
      'placement.started',
      'placement.ended',
    ],
    categories: ['offence', 'risk-of-reoffending', 'identity', 'adviser', 'programme', 'leaving', 'review', 'placement'],
  },
  dated: true,
  noCsv: 'Criminal-offence data never stands in one file with other data: ask for JSON, whose parts are apart.',
  fields: {
    youthJustice: group<YouthJusticePart>('Criminal-offence data; null where none is shown.', {
      offences: groups<OffenceRow>('Offences, in the order of record.', {
        incident: text('Incident.'),
        outcome: text('Outcome.'),
        order: text('Order, such as ISSP.'),
        until: day('Until when the order runs.'),
        by: text('Slug of the agency that noted it.'),
        notedOn: day('Day.'),
      }),
      risk: groups<RiskRow>('Assessments of the risk of reoffending, the last first.', {
        domain: text('Domain.'),
        assessedOn: day('Day.'),
        validUntil: day('Last day on which it counts.'),
        standing: code(STANDINGS, 'How it stands on the day.'),
        level: coded(text('Level.'), 'assessment-levels'),
        summary: text('Summary.'),
        by: text('Slug of the agency that assessed.'),
      }),
      conferences: groups<ConferenceRow>('Case conferences.', {
        on: day('Day.'),
        attendees: texts('Who attended.'),
        decisions: texts('What was decided.'),
        by: text('Slug of the agency that held it.'),
      }),
      releases: groups<ReleaseRow>('Planned releases, in the order of record.', {
        from: text('Establishment.'),
        releaseOn: day('Day.'),
        by: text('Slug of the agency that plans it.'),
      }),
    }),
    passport: group<PassportPart>('Items of the passport, each by its own clause; null where none is shown.', {
      cover: group<CoverRow>('Who the learner is, and who is responsible.', coverFields),
      programme: groups<ProgrammeRow>('Programmes.', programmeFields),
      reviews: groups<ReviewRow>('Reviews.', reviewFields),
      placements: groups<PlacementRow>('Placements.', placementFields),
    }),
  },
  content: packIn,
});
