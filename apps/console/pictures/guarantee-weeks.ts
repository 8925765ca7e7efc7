// Picture 8, the Guarantee: week by week how many young people stand how, with the day by which each is to have an offer.
import { scaleLinear, scalePoint } from 'd3-scale';
import { line as lineThrough } from 'd3-shape';
import { counted, dayInWords, shortDay, written } from './lettering.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, line, titled } from './svg.ts';

export interface GuaranteeWeek {
  /** `YYYY-MM-DD`, a Monday. */
  readonly on: string;
  /** By when everybody is to have an offer. */
  readonly deadline: string;
  /** In learning, or with an offer accepted. */
  readonly settled: number;
  /** With a place or an offer that is not answered. */
  readonly offered: number;
  readonly applied: number;
  /** With nothing, or with offers that came to nothing. */
  readonly nothing: number;
}

type Series = Exclude<keyof GuaranteeWeek, 'on' | 'deadline'>;

const LINES: readonly {
  readonly of: Series;
  readonly words: string;
  readonly style: string;
  readonly mark: 'dot' | 'square' | 'open' | 'none';
}[] = [
  { of: 'settled', words: 'accepted or in learning', style: 'picture-line-1', mark: 'dot' },
  { of: 'offered', words: 'offer held', style: 'picture-line-2', mark: 'open' },
  { of: 'applied', words: 'applied', style: 'picture-line-3', mark: 'square' },
  { of: 'nothing', words: 'no offer', style: 'picture-line-4', mark: 'none' },
];

const WIDTH = 700;
const LEFT = 44;
const RIGHT = 200;
const TOP = 30;
const HEIGHT = 260;
/** Direct labels of lines that end close to each other are moved apart. */
const APART = 19;

const findingOf = (weeks: readonly GuaranteeWeek[]): string => {
  const last = weeks.at(-1);
  if (last === undefined) return 'No week is over yet.';
  const all = last.settled + last.offered + last.applied + last.nothing;
  const without = last.applied + last.nothing;
  return `On ${dayInWords(last.on)} ${written(without)} of ${counted(all, 'young person', 'young people')} had no offer.`;
};

export const guaranteeWeeks = (id: string, weeks: readonly GuaranteeWeek[]): Picture => {
  const up = scaleLinear([0, Math.max(1, ...weeks.flatMap((week) => LINES.map(({ of }) => week[of])))], [TOP + HEIGHT, TOP]).nice();
  const along = scalePoint(
    weeks.map(({ on }) => on),
    [LEFT, WIDTH - RIGHT],
  );
  const last = weeks.at(-1);
  const at = (week: GuaranteeWeek): number => along(week.on) ?? LEFT;
  return pictureOf(
    {
      title: findingOf(weeks),
      description:
        'Four lines over the Mondays since September: how many young people had accepted an offer or were in learning, held an offer, had applied, or had no offer.' +
        (last === undefined ? '' : ` Everybody is to have an offer by ${dayInWords(last.deadline)}.`),
      tables: [
        {
          caption: 'How many stood how, Monday by Monday',
          columns: [{ name: 'Monday' }, ...LINES.map(({ words }) => ({ name: words, isNumber: true }))],
          rows: weeks.map((week) => [dayInWords(week.on), ...LINES.map(({ of }) => week[of])]),
        },
      ],
    },
    {
      id,
      width: WIDTH,
      height: TOP + HEIGHT + 40,
      marks: [
        ...up
          .ticks(5)
          .filter(Number.isInteger)
          .map(
            (tick) =>
              line([LEFT, up(tick)], [WIDTH - RIGHT, up(tick)], { class: tick === 0 ? 'picture-axis' : 'picture-grid' }) +
              label({ x: LEFT - 8, y: up(tick) + 5 }, written(tick), { 'text-anchor': 'end' }),
          ),
        ...daysUnder(weeks, at),
        ...deadlineIn(weeks, at),
        ...deadlineToCome(last),
        ...LINES.map(({ of, style }) =>
          element('path', { d: lineThrough<GuaranteeWeek>(at, (week) => up(week[of]))(weeks) ?? '', class: style, fill: 'none' }),
        ),
        ...weeks.map((week, row) => marksOf(week, row, { at, up })),
        ...namesOf(weeks, up),
      ],
    },
  );
};

interface Scales {
  readonly at: (week: GuaranteeWeek) => number;
  readonly up: (count: number) => number;
}

const marksOf = (week: GuaranteeWeek, row: number, { at, up }: Scales): string =>
  group(
    { 'data-row': row },
    ...LINES.map(({ of, words, mark }) => {
      const [x, y] = [at(week), up(week[of])];
      const named = titled(`${dayInWords(week.on)}: ${written(week[of])} ${words}`);
      if (mark === 'square')
        return element('rect', { x: x - 4, y: y - 4, width: 8, height: 8, class: 'picture-closed', 'data-of': of }, named);
      if (mark === 'none')
        return element(
          'path',
          { d: `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x - 4} ${y + 4}L${x + 4} ${y - 4}`, class: 'picture-span', 'data-of': of },
          named,
        );
      return element('circle', { cx: x, cy: y, r: 4, class: mark === 'dot' ? 'picture-closed' : 'picture-open', 'data-of': of }, named);
    }),
  );

/** Some of the days, so that they do not run into each other. */
const daysUnder = (weeks: readonly GuaranteeWeek[], at: (week: GuaranteeWeek) => number): readonly string[] => {
  const every = Math.max(1, Math.ceil(weeks.length / 8));
  return weeks
    .filter((_, place) => place % every === 0)
    .map((week) => label({ x: at(week), y: TOP + HEIGHT + 22 }, shortDay(week.on), { 'text-anchor': 'middle' }));
};

/** Where the day by which everybody is to have an offer lies within the weeks shown: at the first Monday after it. */
const deadlineIn = (weeks: readonly GuaranteeWeek[], at: (week: GuaranteeWeek) => number): readonly string[] =>
  weeks.flatMap((week, place) => {
    const { deadline } = week;
    const before = weeks[place - 1];
    if (before === undefined || before.on > deadline || week.on <= deadline) return [];
    const x = at(week);
    return [
      line([x, TOP - 14], [x, TOP + HEIGHT], { class: 'picture-rule' }),
      label({ x: x - 6, y: TOP - 12 }, `an offer by ${dayInWords(deadline)}`, {
        'text-anchor': 'end',
        class: 'picture-text picture-strong',
      }),
    ];
  });

const DAY_MS = 86_400_000;

/** Where it lies beyond the weeks shown: at their end, above them since it is none of their days, with how far on it is. */
const deadlineToCome = (last: GuaranteeWeek | undefined): readonly string[] => {
  if (last === undefined || last.deadline < last.on) return [];
  const days = Math.round((Date.parse(last.deadline) - Date.parse(last.on)) / DAY_MS);
  const on = days < 7 ? counted(days, 'day') : counted(Math.floor(days / 7), 'week');
  const x = WIDTH - RIGHT;
  return [
    line([x, TOP - 24], [x, TOP - 2], { class: 'picture-rule' }),
    label({ x: x - 6, y: TOP - 12 }, `an offer by ${dayInWords(last.deadline)}${days === 0 ? '' : `, ${on} on →`}`, {
      'text-anchor': 'end',
      class: 'picture-text picture-strong',
    }),
  ];
};

/** At the end of each line what it is, from the top down and never one upon another. */
const namesOf = (weeks: readonly GuaranteeWeek[], up: (count: number) => number): readonly string[] => {
  const last = weeks.at(-1);
  if (last === undefined) return [];
  const ends = LINES.map(({ of, words }) => ({ words: `${words}: ${written(last[of])}`, y: up(last[of]) + 5 })).toSorted(
    (one, other) => one.y - other.y,
  );
  // Down from the first, and where that leads below the axis, up again from the last.
  const down = ends.reduce<readonly number[]>((placed, { y }) => [...placed, Math.max(y, (placed.at(-1) ?? 0) + APART)], []);
  const ups = down
    .toReversed()
    .reduce<readonly number[]>((placed, y) => [...placed, Math.min(y, (placed.at(-1) ?? TOP + HEIGHT + APART) - APART)], [])
    .toReversed();
  return ends.map(({ words }, place) => label({ x: WIDTH - RIGHT + 12, y: ups[place] ?? 0 }, words));
};
