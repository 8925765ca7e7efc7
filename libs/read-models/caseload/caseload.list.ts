// The caseload of an adviser's agency (views.md, S6).
import { BESIDE, TRIGGERS } from '#duties';
import { MERGED_IDENTITY } from '#sharing-protocols';
import { code, coded, count, day, flag, group, groups, list, rankedBy, text, texts } from '../lists/index.ts';
import { aboutGroup, type OverdueDuty } from '../duties/index.ts';
import { type AdviserRow, ATTENTION, CASE_STATES, caseloadRank, type CaseloadRow, caseloadRow, isChosen } from './caseload.answer.ts';
import { proposeCaseload } from './caseload.query.ts';
import { caseloadView } from './caseload.view.ts';
import {
  FOLLOW_UP_STATES,
  type FollowUpRow,
  type NextReviewRow,
  PROGRAMME_STATES,
  type ProgrammeRow,
  SIGN_OFF_STATES,
  type SignOffRow,
} from '../states/index.ts';

/** What duties are reckoned from, as the list of duties has it: what is overdue there is here. */
const DUTY_TYPES = [...TRIGGERS, ...BESIDE].filter((type) => type !== 'learner.adviser-assigned');

export const caseload = list<CaseloadRow>({
  name: 'caseload',
  says: 'Learners whom advisers of the asking agency have, what they are on, and what wants attention.',
  view: caseloadView,
  isOneAPerson: true,
  proposesOwn: true,
  purposes: ['support-learner', 'deliver-programme'],
  items: {
    anchor: ['learner.adviser-assigned'],
    beside: [MERGED_IDENTITY, 'learner.registered', 'learner.corrected', 'attendance.concern', 'destination.recorded', ...DUTY_TYPES],
  },
  filters: {
    adviser: { says: 'Staff id or name of the adviser.' },
    office: { says: 'Office of the adviser.' },
    provider: { says: 'Slug of the agency whose programme the learner is on.' },
    state: { says: 'Whether the agency still has the learner.', codes: CASE_STATES, usual: 'current' },
    'not-contacted-since': { says: 'Those with whom no contact since that day is seen.', period: 'day' },
    attention: { says: 'Those alone of whom something wants attention.', codes: ['any'] },
  },
  fields: {
    givenName: text('Given name.'),
    familyName: text('Family name.'),
    adviser: group<AdviserRow>("The asking agency's adviser; where it has none now, who is responsible or was last.", {
      name: text('Name.'),
      staffId: text("The adviser's agency's own id for the adviser."),
      role: coded(text('Role, such as personal-adviser.'), 'adviser-roles'),
    }),
    office: text('Office of the adviser.'),
    state: code(CASE_STATES, 'Ended: nobody is the adviser any more, or the asking agency ended each assignment of its own.'),
    programmes: groups<ProgrammeRow>('Programmes, in the order of record.', {
      of: text('Slug of the agency that runs it.'),
      programmeId: text('Its id for the programme.'),
      kind: coded(text('Kind, such as e2e.'), 'programme-kinds'),
      startedOn: day('First day.'),
      week: count('Week of the programme, from 1.'),
      state: code(PROGRAMME_STATES, 'Whether it goes on.'),
    }),
    followUp: group<FollowUpRow>('The follow-up that is due first; where none is due, the last one.', {
      informedOn: day('Day on which the adviser was informed.'),
      due: day('Last day to follow up.'),
      state: code(FOLLOW_UP_STATES, 'Discharged: made. Void: the learner left before.'),
      madeOn: day('Day on which it was made.'),
    }),
    signOff: group<SignOffRow>('Of the programme whose sign-off is due first.', {
      state: code(SIGN_OFF_STATES, 'Agreed anew: another version was agreed since it was signed.'),
      due: day('Last day to sign.'),
    }),
    nextReview: group<NextReviewRow>('The next review.', {
      on: day('Day for which it is scheduled.'),
      due: day('Where none is scheduled: by when one is due.'),
      attendanceRequested: texts('Whose attendance is requested.'),
      reason: text('Why.'),
    }),
    lastReviewOn: day('Day of the last review held.'),
    lastContactOn: day('Last day of a follow-up, or of which it was verified what the learner does.'),
    attendanceConcerns28d: count('Concerns about attendance within 28 days; null where none was ever seen.'),
    riskAssessed: flag('Whether an assessment of the risk of failing is valid; null where none was seen.'),
    overdueDuties: groups<OverdueDuty>(
      'Duties of the asking agency that are overdue beside those that the others tell, the longest due first.',
      {
        duty: text('Id of the duty, as allocate.'),
        says: text('What is to be done, in words.'),
        due: day('Last day in time.'),
        of: text('Slug of the agency that runs the programme that it is about.'),
        programmeId: text('Its id for the programme.'),
        about: aboutGroup,
      },
    ),
    attention: texts('What wants attention; duty-overdue: another duty of the asking agency than those that the others tell.', ATTENTION),
  },
  table: ['familyName', 'givenName', 'adviser_name', 'programmes_kind', 'followUp_due', 'nextReview_on', 'attention'],
  propose: proposeCaseload,
  row: caseloadRow,
  matches: isChosen,
  ...rankedBy(caseloadRank),
});
