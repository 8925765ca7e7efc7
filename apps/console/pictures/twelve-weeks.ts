// Picture 9, twelve weeks: in which week of their programme learners left, as counts above and concerns about attendance as ticks below.
import { scaleLinear } from 'd3-scale';
import { counted, written } from './lettering.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, line, titled } from './svg.ts';

const FIRST_WEEKS = 12;
const LATER = FIRST_WEEKS + 1;

const WIDTH = 660;
const LEFT = 80;
const STEP = 44;
const BAR = 30;
const TOP = 24;
const HEIGHT = 130;
const TICKS = 8;

interface Week {
  readonly name: string;
  readonly left: number;
  readonly concerns: number;
}

/** Weeks count from 1; what is beyond the twelfth is later. */
const weeksOf = (left: readonly number[], concerns: readonly number[]): readonly Week[] =>
  Array.from({ length: LATER }, (_, place) => {
    const week = place + 1;
    const isIn = (one: number): boolean => Math.min(Math.max(one, 1), LATER) === week;
    return { name: week === LATER ? 'later' : String(week), left: left.filter(isIn).length, concerns: concerns.filter(isIn).length };
  });

const findingOf = (weeks: readonly Week[], all: number): string => {
  const early = all - (weeks.at(-1)?.left ?? 0);
  return `${written(early)} of ${counted(all, 'learner')} on this page left within the first twelve weeks.`;
};

/** `left`: the week of each learner who left; `concerns`: that of each concern. */
export const twelveWeeks = (id: string, left: readonly number[], concerns: readonly number[] = []): Picture => {
  const weeks = weeksOf(left, concerns);
  const up = scaleLinear([0, Math.max(1, ...weeks.map((week) => week.left))], [0, HEIGHT]);
  const bottom = TOP + HEIGHT;
  return pictureOf(
    {
      title: findingOf(weeks, left.length),
      description:
        'A column for each of the weeks 1 to 12 and one for all later ones: how many learners left in it. ' +
        'Below each, a tick for every concern about attendance in that week.',
      tables: [
        {
          caption: 'Left, by week of the programme',
          columns: [{ name: 'Week' }, ...weeks.map(({ name }) => ({ name, isNumber: true }))],
          rows: [
            ['Left', ...weeks.map((week) => week.left)],
            ['Concerns', ...weeks.map((week) => week.concerns)],
          ],
        },
      ],
    },
    {
      id,
      width: WIDTH,
      height: bottom + 76,
      marks: [
        line([LEFT - 10, bottom], [LEFT + LATER * STEP, bottom], { class: 'picture-axis' }),
        label({ x: 0, y: bottom - 8 }, 'Left'),
        label({ x: 0, y: bottom + 22 }, 'Week'),
        label({ x: 0, y: bottom + 52 }, 'Concerns'),
        line([LEFT + FIRST_WEEKS * STEP - 8, TOP - 12], [LEFT + FIRST_WEEKS * STEP - 8, bottom + 64], { class: 'picture-rule' }),
        group({ 'data-row': 0 }, ...weeks.map((week, place) => columnOf(week, place, up))),
        ...weeks.map(({ name }, place) => label({ x: middleOf(place), y: bottom + 22 }, name, { 'text-anchor': 'middle' })),
        group({ 'data-row': 1 }, ...weeks.map((week, place) => ticksOf(week, place))),
      ],
    },
  );
};

const middleOf = (place: number): number => LEFT + place * STEP + BAR / 2;

const weekName = ({ name }: Week): string => (name === 'later' ? 'Later' : `Week ${name}`);

const columnOf = (week: Week, place: number, up: (count: number) => number): string => {
  if (week.left === 0) return '';
  const [bottom, high] = [TOP + HEIGHT, up(week.left)];
  return group(
    { 'data-week': week.name, 'data-count': week.left },
    titled(`${weekName(week)}: ${counted(week.left, 'learner')} left`),
    element('rect', { x: LEFT + place * STEP, y: bottom - high, width: BAR, height: high, class: 'picture-bar' }),
    label({ x: middleOf(place), y: bottom - high - 6 }, written(week.left), {
      'text-anchor': 'middle',
      class: 'picture-text picture-strong',
    }),
  );
};

/** So many as have room are drawn; more are said by a number. */
const ticksOf = (week: Week, place: number): string => {
  const { concerns } = week;
  if (concerns === 0) return '';
  const [middle, y] = [middleOf(place), TOP + HEIGHT + 38];
  const marks = Array.from({ length: concerns }, (_, at) => middle + (at - (concerns - 1) / 2) * 4);
  return group(
    { 'data-week': week.name, 'data-count': concerns },
    titled(`${weekName(week)}: ${counted(concerns, 'concern')}`),
    ...(concerns > TICKS
      ? [label({ x: middle, y: y + 14 }, written(concerns), { 'text-anchor': 'middle' })]
      : marks.map((x) => line([x, y], [x, y + 16], { class: 'picture-tick' }))),
  );
};
