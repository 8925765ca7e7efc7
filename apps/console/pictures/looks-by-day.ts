// Picture 6, looks by day: a calendar with a square for each day, darker where more was looked at, outlined where it was unusual.
import { scaleQuantize } from 'd3-scale';
import { counted, dayInWords, written } from './lettering.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, linked, titled } from './svg.ts';

export interface LooksOfDay {
  /** London, as `2026-09-03`. */
  readonly day: string;
  readonly looks: number;
  readonly isUnusual: boolean;
  /** Where that day's looks are listed. */
  readonly href?: string;
}

const CELL = 34;
const MARGIN = 34;
const MONTH_GAP = 34;
const MONTHS_A_LINE = 3;
const MONTH_WIDTH = MARGIN + 7 * CELL;
const MONTH_HEIGHT = 44 + 6 * CELL;
const STEPS = [1, 2, 3, 4] as const;
const WEEKDAYS = ['M', 'T', 'W', 'T', 'F', 'S', 'S'];

type StepOf = (looks: number) => number;

const stepsUpTo = (most: number): StepOf => {
  const among = scaleQuantize([1, Math.max(2, most)], [...STEPS]);
  return (looks) => (looks === 0 ? 0 : among(looks));
};

const findingOf = (days: readonly LooksOfDay[]): string => {
  const looks = days.reduce((sum, day) => sum + day.looks, 0);
  const unusual = days.filter(({ isUnusual }) => isUnusual).length;
  if (looks === 0) return 'Nobody looked on any of these days.';
  const words = unusual === 0 ? 'no day was unusual' : `${counted(unusual, 'day was', 'days were')} unusual`;
  return `${counted(looks, 'look')} on ${counted(days.filter((day) => day.looks > 0).length, 'day')}; ${words}.`;
};

/** London days, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** `YYYY-MM`, each that the period touches. */
const monthsIn = ({ from, to }: Period): readonly string[] => {
  const length = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  const days = Array.from({ length: Math.max(length, 0) }, (_, at) => new Date(Date.parse(from) + at * DAY_MS).toISOString());
  return [...new Set(days.map((day) => day.slice(0, 7)))];
};

/** `days` in order; those without a look may be left out, and are drawn as such as far as the period goes. */
export const looksByDay = (id: string, days: readonly LooksOfDay[], period: Period): Picture => {
  const stepOf = stepsUpTo(Math.max(0, ...days.map(({ looks }) => looks)));
  const rows = new Map(days.map((day, row) => [day.day, { ...day, row }]));
  const months = monthsIn(period);
  const lines = Math.ceil(months.length / MONTHS_A_LINE);
  return pictureOf(
    {
      title: findingOf(days),
      description:
        'A calendar. Each square is a day with the number of looks in it; the more, the darker, in five steps. ' +
        'A thick outline and an exclamation mark say that the day was unusual.',
      tables: [
        {
          caption: 'Looks by day',
          columns: [{ name: 'Day' }, { name: 'Looks', isNumber: true }, { name: 'Unusual' }],
          rows: days.map(({ day, looks, isUnusual }) => [dayInWords(day), looks, isUnusual ? 'yes' : 'no']),
          links: days.map(({ href }) => (href === undefined ? undefined : { href })),
        },
      ],
    },
    {
      id,
      // A single month is drawn as large as each of several.
      width: MONTHS_A_LINE * (MONTH_WIDTH + MONTH_GAP),
      height: lines * MONTH_HEIGHT + 40,
      hasLinks: days.some(({ href }) => href !== undefined),
      marks: months.map((month, at) => {
        const across = (at % MONTHS_A_LINE) * (MONTH_WIDTH + MONTH_GAP);
        const down = Math.floor(at / MONTHS_A_LINE) * MONTH_HEIGHT;
        return group({ transform: `translate(${across} ${down})` }, monthOf(month, { rows, ...period }, stepOf));
      }),
    },
  );
};

const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

interface Drawn extends Period {
  readonly rows: ReadonlyMap<string, LooksOfDay & { readonly row: number }>;
}

const monthOf = (month: string, { rows, from, to }: Drawn, stepOf: StepOf): string => {
  const first = new Date(`${month}-01T00:00:00Z`);
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  /** Days of the first week that are another month's; Monday is its first. */
  const before = (first.getUTCDay() + 6) % 7;
  const head =
    label({ x: MARGIN, y: 16 }, MONTH.format(first), { class: 'picture-text picture-strong' }) +
    WEEKDAYS.map((name, at) => label({ x: MARGIN + (at + 0.5) * CELL, y: 36 }, name, { 'text-anchor': 'middle' })).join('');
  const cells = Array.from({ length }, (_, at) => {
    const place = { x: MARGIN + ((at + before) % 7) * CELL, y: 42 + Math.floor((at + before) / 7) * CELL };
    const day = `${month}-${String(at + 1).padStart(2, '0')}`;
    const known = rows.get(day);
    const isFirstOfLine = at === 0 || (at + before) % 7 === 0;
    const number = isFirstOfLine ? label({ x: MARGIN - 8, y: place.y + 22 }, String(at + 1), { 'text-anchor': 'end' }) : '';
    const isInPeriod = day >= from && day <= to;
    return number + (known ? cellOf(known, place, stepOf) : isInPeriod ? emptyAt(place) : '');
  });
  return head + cells.join('');
};

const emptyAt = ({ x, y }: { x: number; y: number }): string =>
  element('rect', { x: x + 2, y: y + 2, width: CELL - 4, height: CELL - 4, class: 'picture-day picture-day-0' });

const cellOf = (day: LooksOfDay & { readonly row: number }, { x, y }: { x: number; y: number }, stepOf: StepOf): string => {
  const step = stepOf(day.looks);
  const name = `${dayInWords(day.day)}: ${counted(day.looks, 'look')}${day.isUnusual ? ', unusual' : ''}`;
  const square = { x: x + 2, y: y + 2, width: CELL - 4, height: CELL - 4 };
  const words = `${day.looks === 0 ? '' : written(day.looks)}${day.isUnusual ? '!' : ''}`;
  const mark = group(
    { 'data-row': day.row, 'data-step': step },
    // A link is named by itself: a title within would be read beside what is seen of it.
    day.href === undefined ? titled(name) : '',
    element('rect', { ...square, class: `picture-day picture-day-${step}${day.isUnusual ? ' picture-day-unusual' : ''}` }),
    label({ x: x + CELL / 2, y: y + 22 }, words, {
      'text-anchor': 'middle',
      class: `picture-text picture-small picture-on-day-${step}`,
    }),
  );
  return linked(day.href, name, mark);
};
