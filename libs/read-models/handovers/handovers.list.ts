// Learners who came from elsewhere, and whether what goes along with them was read (views.md, S26).
import { code, coded, day, IDENTITY, list, personFields, text } from '../lists/index.ts';
import { HANDOVER_STATES, handoverOrder, type HandoverRow, handoverRow, isChosen } from './handovers.answer.ts';
import { proposeHandovers } from './handovers.query.ts';
import { handovers } from './handovers.view.ts';

export const handoverList = list<HandoverRow>({
  name: 'handovers',
  says: "Learners on the asking agency's programmes who came from elsewhere, and whether it read their handover within two weeks.",
  view: handovers.view,
  purposes: ['plan-learning'],
  items: { anchor: ['programme.started'], beside: [...IDENTITY] },
  filters: {
    state: { says: 'Whether it was read.', codes: HANDOVER_STATES },
    from: { says: 'Slug of the agency that the learner came from.' },
  },
  fields: {
    ...personFields,
    programmeId: text("The asking agency's id for the programme."),
    kind: coded(text('Kind, such as e2e.'), 'programme-kinds'),
    startedOn: day('First day.'),
    from: text('Slug of the agency whose programme came before.'),
    fromProgrammeId: text('Its id for that programme.'),
    due: day('Last day to read it.'),
    readOn: day('Day on which the document was first asked for and showed a programme of before.'),
    state: code(HANDOVER_STATES, 'Overdue: unread for more than two weeks from the start.'),
  },
  table: ['familyName', 'givenName', 'startedOn', 'from', 'due', 'readOn', 'state'],
  proposesOwn: true,
  propose: proposeHandovers,
  row: handoverRow,
  matches: isChosen,
  order: handoverOrder,
});
