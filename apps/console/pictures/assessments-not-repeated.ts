// Picture 3, assessments not repeated: a column a month, in pieces by framework; and a line of those that nobody could have spared, since
// their senders might not know of the one that was valid.
import { scaleBand, scaleLinear } from 'd3-scale';
import { line as lineThrough } from 'd3-shape';
import { counted, written } from './lettering.ts';
import { type Fill, filledWith, keyHeight, keyOf, patternsOf } from './patterns.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, line, titled } from './svg.ts';

export interface RepeatsMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  /** By framework, as it is called; none: none. */
  readonly avoided: Readonly<Record<string, number>>;
  /** Recorded beside one of which the sender might not know; absent where that is not told. */
  readonly apart?: number;
}

export interface Repeats {
  readonly months: readonly RepeatsMonth[];
  /** Names of the frameworks, in the order of the columns' pieces. */
  readonly frameworks: readonly string[];
  /** Hours that an assessment of that framework takes; of those that are not known none are counted. */
  readonly hours?: Readonly<Record<string, number>>;
}

type Look = Omit<Fill, 'name' | 'words'>;

/** For as many frameworks as there are; what comes after them begins anew. */
const LOOKS: readonly Look[] = [
  { ink: 'blue', drawn: 'plain' },
  { ink: 'yellow', drawn: 'rising' },
  { ink: 'green', drawn: 'falling' },
  { ink: 'pale', drawn: 'dotted' },
  { ink: 'purple', drawn: 'level' },
  { ink: 'grey', drawn: 'crossed' },
  { ink: 'red', drawn: 'upright' },
  { ink: 'pale', drawn: 'crossed' },
];

const WIDTH = 900;
const LEFT = 44;
const TOP = 24;
const HEIGHT = 240;
const UNDER = 44;

const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const SHORT = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short' });
const monthIn = (form: Intl.DateTimeFormat, month: string): string => form.format(new Date(`${month}-01T00:00:00Z`));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const allOf = ({ avoided }: RepeatsMonth): number => sum(Object.values(avoided));

const findingOf = ({ months, hours = {} }: Repeats): string => {
  const all = sum(months.map(allOf));
  const spared = sum(months.flatMap(({ avoided }) => Object.entries(avoided).map(([name, count]) => count * (hours[name] ?? 0))));
  const hoursSpared = spared === 0 ? '' : `, which spared ${counted(Math.round(spared * 10) / 10, 'hour')}`;
  const apart = sum(months.map((month) => month.apart ?? 0));
  const lost = apart === 0 ? '' : ` ${counted(apart, 'was', 'were')} repeated for want of sight.`;
  return `${counted(all, 'assessment was', 'assessments were')} not repeated${hoursSpared}.${lost}`;
};

export const assessmentsNotRepeated = (id: string, repeats: Repeats): Picture => {
  const { months, frameworks } = repeats;
  const fills = frameworks.map((words, place): Fill => ({ name: `of-${place}`, words, ...(LOOKS[place % LOOKS.length] as Look) }));
  const hasLine = months.some(({ apart }) => apart !== undefined);
  const across = scaleBand(
    months.map(({ month }) => month),
    [LEFT, WIDTH],
  ).padding(0.25);
  const most = Math.max(1, ...months.flatMap((month) => [allOf(month), month.apart ?? 0]));
  const up = scaleLinear([0, most], [TOP + HEIGHT, TOP]).nice();
  const bottom = TOP + HEIGHT + UNDER;
  return pictureOf(
    {
      title: findingOf(repeats),
      description:
        'A column for each month, in pieces by framework: assessments that were sent again and met with the one that was still valid.' +
        (hasLine ? ' The line is of those that were repeated, since their senders might not know of the one that was valid.' : ''),
      tables: [
        {
          caption: 'Assessments not repeated, by month',
          columns: [
            { name: 'Month' },
            ...[...frameworks, 'all', ...(hasLine ? [NOT_AVOIDABLE] : [])].map((name) => ({ name, isNumber: true })),
          ],
          rows: months.map((one) => [
            monthIn(MONTH, one.month),
            ...frameworks.map((name) => one.avoided[name] ?? 0),
            allOf(one),
            ...(hasLine ? [one.apart ?? 0] : []),
          ]),
        },
      ],
    },
    {
      id,
      width: WIDTH,
      height: bottom + keyHeight(fills, WIDTH) + (hasLine ? 28 : 0),
      marks: [
        patternsOf(id, fills),
        ...up
          .ticks(5)
          .filter(Number.isInteger)
          .map((tick) => gridAt(tick, up(tick))),
        ...months.map((one, row) => columnOf({ id, one, row, fills }, { x: across(one.month) ?? 0, wide: across.bandwidth(), up })),
        ...(hasLine ? lineOf(months, { at: (month) => (across(month) ?? 0) + across.bandwidth() / 2, up }) : []),
        keyOf(id, fills, { x: 0, y: bottom, width: WIDTH }),
        ...(hasLine ? lineKey(bottom + keyHeight(fills, WIDTH)) : []),
      ],
    },
  );
};

const NOT_AVOIDABLE = 'not avoidable: no sight';

const gridAt = (tick: number, y: number): string =>
  line([LEFT, y], [WIDTH, y], { class: tick === 0 ? 'picture-axis' : 'picture-grid' }) +
  label({ x: LEFT - 8, y: y + 5 }, written(tick), { 'text-anchor': 'end' });

interface Column {
  readonly id: string;
  readonly one: RepeatsMonth;
  readonly row: number;
  readonly fills: readonly Fill[];
}
interface Place {
  readonly x: number;
  readonly wide: number;
  readonly up: (count: number) => number;
}

const columnOf = ({ id, one, row, fills }: Column, { x, wide, up }: Place): string => {
  let below = 0;
  const pieces = fills.flatMap((fill) => {
    const count = one.avoided[fill.words] ?? 0;
    if (count === 0) return [];
    const [from, to] = [up(below), up(below + count)];
    below += count;
    const piece = { x, y: to, width: wide, height: from - to, fill: filledWith(id, fill), class: 'picture-outline', 'data-count': count };
    return [element('rect', { ...piece, 'data-of': fill.words }, titled(`${fill.words}: ${written(count)}`))];
  });
  const middle = x + wide / 2;
  return group(
    { 'data-row': row },
    titled(`${monthIn(MONTH, one.month)}: ${written(below)} not repeated`),
    ...pieces,
    ...(below > 0
      ? [label({ x: middle, y: up(below) - 6 }, written(below), { 'text-anchor': 'middle', class: 'picture-text picture-strong' })]
      : []),
    label({ x: middle, y: TOP + HEIGHT + 20 }, monthIn(SHORT, one.month), { 'text-anchor': 'middle' }),
    ...(one.month.endsWith('-01') || row === 0
      ? [label({ x: middle, y: TOP + HEIGHT + 37 }, one.month.slice(0, 4), { 'text-anchor': 'middle' })]
      : []),
  );
};

interface Scales {
  readonly at: (month: string) => number;
  readonly up: (count: number) => number;
}

const lineOf = (months: readonly RepeatsMonth[], { at, up }: Scales): readonly string[] => [
  element('path', {
    d:
      lineThrough<RepeatsMonth>(
        ({ month }) => at(month),
        ({ apart = 0 }) => up(apart),
      )(months) ?? '',
    class: 'picture-rule',
    fill: 'none',
  }),
  ...months.map(({ month, apart = 0 }) =>
    element(
      'rect',
      { x: at(month) - 4, y: up(apart) - 4, width: 8, height: 8, class: 'picture-open', 'data-apart': apart },
      titled(`${monthIn(MONTH, month)}: ${written(apart)} ${NOT_AVOIDABLE}`),
    ),
  ),
];

const lineKey = (y: number): readonly string[] => [
  line([0, y + 9], [18, y + 9], { class: 'picture-rule' }),
  label({ x: 26, y: y + 14 }, NOT_AVOIDABLE),
];
