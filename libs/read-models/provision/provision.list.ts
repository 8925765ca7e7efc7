// What there is to learn and how many places, for all who plan (views.md, S19; QPID 90, 5.8 to 5.12).
import { coded, count, day, text, thingList } from '../lists/index.ts';
import { isChosenProvision, provisionOrder, type ProvisionRow, provisionRow } from './provision.answer.ts';
import { proposeProvision } from './provision.query.ts';
import { provisionView } from './provision.view.ts';

export const provisionList = thingList<ProvisionRow>({
  name: 'provision',
  says: 'Provision with its places, as each agency listed it last.',
  view: provisionView,
  purposes: ['plan-provision'],
  items: { anchor: ['provision.listed'], beside: [] },
  filters: {
    area: { says: 'Area where it is.' },
    agency: { says: 'Slug of the agency that provides it.' },
    kind: { says: 'Kind, such as e2e.' },
    level: { says: 'Level, such as level-1.' },
  },
  fields: {
    provisionId: text('Id that its agency gave it.'),
    of: text('Slug of the agency that provides it.'),
    title: text('What is learned.'),
    kind: coded(text('Kind, such as e2e.'), 'programme-kinds'),
    level: coded(text('Level, such as level-1.'), 'assessment-levels'),
    area: text('Where.'),
    places: count('Places.'),
    startsOn: day('First day.'),
    listedOn: day('Day on which it was listed last.'),
  },
  table: ['title', 'level', 'area', 'places', 'startsOn', 'of'],
  propose: proposeProvision,
  row: provisionRow,
  matches: isChosenProvision,
  order: provisionOrder,
});
