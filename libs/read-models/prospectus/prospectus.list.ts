// What there is to choose from, for everybody (views.md, part 8): provision that has not begun. It is no list that agencies ask for.
import type { IsoDate } from '#kernel';
import type { AnyRow, ThingList } from '../lists/index.ts';
import { provisionList } from '../provision/index.ts';

const hasBegun = ({ startsOn }: AnyRow, on: IsoDate): boolean => typeof startsOn === 'string' && startsOn < on;

export const prospectus: ThingList = {
  ...provisionList,
  name: 'prospectus',
  says: 'What there is to learn and has not begun, as each agency listed it last.',
  purposes: ['inform-choices'],
  row: (seen, on, anchor) => {
    const row = provisionList.row(seen, on, anchor);
    return row && !hasBegun(row, on) ? row : undefined;
  },
};
