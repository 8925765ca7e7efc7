// Findings about agencies: never shown to another provider (views.md, S24; E2E p. 29).
import { code, day, proposalsFrom, text, thingList } from '../lists/index.ts';
import { FINDING_STATES, findingOrder, type FindingRow, findingRow, isChosenFinding } from './findings.answer.ts';
import { findings, findingsView } from './findings.view.ts';

export const findingList = thingList<FindingRow>({
  name: 'quality/findings',
  says: 'What looking at quality found: about the asking agency, or, for the funder and the learning partnership, about any.',
  view: findingsView,
  purposes: ['improve-provision'],
  items: { anchor: ['quality.finding-recorded'], beside: ['quality.finding-closed'] },
  filters: {
    agency: { says: 'Slug of the agency that it is about.' },
    state: { says: 'Whether what is to be done is done, or overdue.', codes: FINDING_STATES },
  },
  fields: {
    findingId: text('Id that its source gave it.'),
    procedure: text('Id of the procedure by which was looked.'),
    agency: text('Slug of the agency that it is about.'),
    says: text('What was found.'),
    action: text('What the agency is to do.'),
    by: text('Slug of the agency that recorded it.'),
    recordedOn: day('Day on which it did.'),
    due: day('Last day for what is to be done.'),
    closedOn: day('Day on which it was closed.'),
    state: code(FINDING_STATES, 'Whether what is to be done is done, or overdue.'),
  },
  table: ['agency', 'findingId', 'due', 'state', 'action', 'by'],
  propose: proposalsFrom({
    view: findingsView,
    table: findings,
    order: ['due', 'finding', 'source'],
    anchor: 'recorded',
    beside: ['closed'],
  }),
  row: findingRow,
  matches: isChosenFinding,
  order: findingOrder,
});
