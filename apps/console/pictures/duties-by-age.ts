// Picture 7, duties by age: a bar for each duty, in pieces by how long it has been overdue.
import { scaleLinear } from 'd3-scale';
import { block, counted, shortened, written } from './lettering.ts';
import { type Fill, filledWith, keyHeight, keyOf, patternsOf } from './patterns.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, linked, titled } from './svg.ts';

export interface DutyAges {
  readonly duty: string;
  /** Due, and not overdue. */
  readonly due: number;
  /** Overdue by 1 to 7 days, 8 to 28, and more. */
  readonly upTo7: number;
  readonly upTo28: number;
  readonly over28: number;
  readonly href?: string;
}

const AGES = [
  { of: 'due', fill: { name: 'due', ink: 'pale', drawn: 'plain', words: 'due' } },
  { of: 'upTo7', fill: { name: 'upto7', ink: 'yellow', drawn: 'rising', words: 'overdue 1–7 days' } },
  { of: 'upTo28', fill: { name: 'upto28', ink: 'blue', drawn: 'dotted', words: 'overdue 8–28 days' } },
  { of: 'over28', fill: { name: 'over28', ink: 'red', drawn: 'plain', words: 'overdue more than 28 days' } },
] as const satisfies readonly { readonly of: keyof DutyAges; readonly fill: Fill }[];

const FILLS = AGES.map(({ fill }) => fill);

const WIDTH = 900;
const LEFT = 260;
const RIGHT = 60;
const ROW = 44;
const BAR = 26;

const overdueIn = ({ upTo7, upTo28, over28 }: DutyAges): number => upTo7 + upTo28 + over28;
const allOf = (duty: DutyAges): number => duty.due + overdueIn(duty);

const findingOf = (duties: readonly DutyAges[], where: string): string => {
  const overdue = duties.reduce((sum, duty) => sum + overdueIn(duty), 0);
  if (overdue === 0) return duties.some(({ due }) => due > 0) ? 'Nothing is overdue.' : 'Nothing is due.';
  const oldest = duties.reduce((sum, { over28 }) => sum + over28, 0);
  return `${counted(overdue, 'duty is', 'duties are')} overdue${where}, ${written(oldest)} of them by more than 28 days.`;
};

/** `isPart`: others stand on further pages, and are not counted. */
export const dutiesByAge = (id: string, duties: readonly DutyAges[], { isPart = false } = {}): Picture => {
  const across = scaleLinear([0, Math.max(1, ...duties.map(allOf))], [0, WIDTH - LEFT - RIGHT]);
  const bottom = duties.length * ROW;
  return pictureOf(
    {
      title: findingOf(duties, isPart ? ' on this page' : ''),
      description: 'One bar for each duty. Its pieces are what is due and what is overdue by 1 to 7, 8 to 28 and more than 28 days.',
      tables: [
        {
          caption: 'Duties by age',
          columns: [{ name: 'Duty' }, ...[...FILLS.map(({ words }) => words), 'all'].map((name) => ({ name, isNumber: true }))],
          rows: duties.map((duty) => [duty.duty, ...AGES.map(({ of }) => duty[of]), allOf(duty)]),
        },
      ],
    },
    {
      id,
      width: WIDTH,
      height: bottom + 16 + keyHeight(FILLS, WIDTH),
      hasLinks: duties.some(({ href }) => href !== undefined),
      marks: [
        patternsOf(id, FILLS),
        ...duties.map((duty, row) => barOf({ id, duty, row }, across)),
        keyOf(id, FILLS, { x: 0, y: bottom + 16, width: WIDTH }),
      ],
    },
  );
};

const barOf = ({ id, duty, row }: { id: string; duty: DutyAges; row: number }, across: (count: number) => number): string => {
  const top = row * ROW + 8;
  let x = LEFT;
  const pieces = AGES.filter(({ of }) => duty[of] > 0).map(({ of, fill }) => {
    const count = duty[of];
    const [left, wide] = [x, across(count)];
    x += wide;
    const piece = { x: left, y: top, width: wide, height: BAR };
    return group(
      {},
      titled(`${fill.words}: ${written(count)}`),
      element('rect', { ...piece, fill: filledWith(id, fill), class: 'picture-outline', 'data-age': of }),
      numberOn(left, top, wide, written(count)),
    );
  });
  const lines = shortened(duty.duty, LEFT - 20);
  const name = `${duty.duty}: ${counted(allOf(duty), 'open')}`;
  const words = block({ x: 0, y: top + (lines.length > 1 ? 10 : 18) }, lines);
  return group(
    { 'data-row': row },
    linked(duty.href, name, titled(name) + words),
    ...pieces,
    label({ x: x + 8, y: top + 18 }, written(allOf(duty)), { class: 'picture-text picture-strong' }),
  );
};

/** On a plate of its own, so that it is read on every pattern; where it has room. */
const numberOn = (x: number, y: number, wide: number, words: string): string => {
  const room = words.length * 8 + 8;
  if (wide < room + 6) return '';
  return (
    element('rect', { x: x + wide / 2 - room / 2, y: y + 4, width: room, height: 18, class: 'picture-plate' }) +
    label({ x: x + wide / 2, y: y + 18 }, words, { 'text-anchor': 'middle' })
  );
};
