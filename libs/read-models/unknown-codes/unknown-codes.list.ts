// Words where codes should be, in what an agency told about no learner (views.md, V18).
import { labourNeedList } from '../labour-needs/index.ts';
import { code, day, text, workedOut } from '../lists/index.ts';
import { gapList } from '../provision-gaps/index.ts';
import { provisionList } from '../provision/index.ts';
import { targetList } from '../targets/index.ts';
import { KINDS, type UnknownCodeRow, unknownCodes } from './unknown-codes.answer.ts';

const FIELDS = ['kind', 'level', 'measure', 'scope', 'period'] as const;

export const unknownCodeList = workedOut<UnknownCodeRow>({
  name: 'planning/codes',
  says: 'Of the places, gaps, needs and targets that the asking agency told: what is no code, period or scope. It is kept and shown, and enters no figure.',
  about: 'counts',
  source: provisionList,
  things: [gapList, labourNeedList, targetList],
  purposes: ['plan-provision'],
  filters: {
    what: { says: 'Of what kind of thing.', codes: KINDS },
    field: { says: 'Where it stands.', codes: FIELDS },
  },
  fields: {
    what: code(KINDS, 'What was told.'),
    thing: text("The agency's id for it; of a need its occupation, of a target its measure."),
    field: code(FIELDS, 'Where it stands.'),
    value: text('What stands there.'),
    says: text('What should.'),
    toldOn: day('Day on which it was told.'),
  },
  table: ['what', 'thing', 'field', 'value', 'says'],
  rows: unknownCodes,
});
