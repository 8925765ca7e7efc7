// Picture 4, how fast "stop" bites: left, within how many seconds the last feed had lost what a withdrawal concerns; right, after how many
// days agencies acknowledged it, beside the duty's five.
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { curveStepAfter, line as lineThrough } from 'd3-shape';
import { block, counted, shortened, written } from './lettering.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, line, titled } from './svg.ts';

export interface Acknowledgement {
  readonly agency: string;
  /** From the notice to its answer; of one that waits, until now. */
  readonly days: number;
  readonly state: 'answered' | 'waiting' | 'overdue';
}

export interface StopBites {
  /** For each withdrawal, from its receipt to the last tombstone. */
  readonly seconds: readonly number[];
  /** Withdrawals of which some feed is still to be told. */
  readonly waiting?: number;
  /** Whether there are others, of which nothing is said. */
  readonly isPart?: boolean;
  readonly acknowledgements: readonly Acknowledgement[];
  /** Within which a notice is to be answered. */
  readonly dutyDays: number;
}

const WIDTH = 940;
const TOP = 44;
const PANE = 360;
const LEFT = 60;
const RIGHT_PANE = 640;
const HEIGHT = 240;
const LANE = 40;
/** So many points make the curve, whatever the number of withdrawals. */
const MOST_STEPS = 20;
const BOUND_SECONDS = 1;

interface Step {
  readonly seconds: number;
  readonly stopped: number;
}

/** How many had stopped within how many seconds, at values that occur. */
const stepsOf = (seconds: readonly number[]): readonly Step[] => {
  const sorted = seconds.map((each) => Math.round(each * 100) / 100).toSorted((one, other) => one - other);
  const wanted = Math.min(MOST_STEPS, sorted.length);
  const chosen = Array.from({ length: wanted }, (_, at) => sorted[Math.ceil(((at + 1) * sorted.length) / wanted) - 1] ?? 0);
  return [...new Set(chosen)].map((at) => ({ seconds: at, stopped: sorted.filter((each) => each <= at).length }));
};

const stoppedWords = ({ seconds, waiting = 0, isPart = false }: StopBites): string => {
  const where = isPart ? ' on this page' : '';
  if (seconds.length === 0) return `${counted(waiting, 'stop has', 'stops have')}${where} not taken effect everywhere yet`;
  const slowest = Math.max(...seconds);
  const late = seconds.filter((each) => each > BOUND_SECONDS).length;
  const [every, rest] =
    waiting === 0 ? [`Every stop${where}`, ''] : [`${counted(seconds.length, 'stop')}${where}`, `, ${written(waiting)} not everywhere yet`];
  return late === 0
    ? `${every} took effect within ${written(slowest)} s${rest}`
    : `${counted(late, 'stop')} of ${written(seconds.length)}${where} took longer than 1 s, at most ${written(slowest)} s${rest}`;
};

const findingOf = (bites: StopBites): string => {
  const { seconds, waiting = 0, acknowledgements } = bites;
  if (seconds.length + waiting === 0) return 'Nobody has withdrawn a consent.';
  const overdue = acknowledgements.filter(({ state }) => state === 'overdue').length;
  return `${stoppedWords(bites)}; ${overdue === 0 ? 'no acknowledgement is overdue' : `${counted(overdue, 'acknowledgement is', 'acknowledgements are')} overdue`}.`;
};

const STATES: Readonly<Record<Acknowledgement['state'], string>> = { answered: 'answered', waiting: 'waits', overdue: 'overdue' };

export const howFastStopBites = (id: string, bites: StopBites): Picture => {
  const { waiting = 0 } = bites;
  const steps = stepsOf(bites.seconds);
  const agencies = [...new Set(bites.acknowledgements.map(({ agency }) => agency))];
  const height = Math.max(TOP + HEIGHT, TOP + agencies.length * LANE) + 56;
  return pictureOf(
    {
      title: findingOf(bites),
      description:
        'Left, a curve: how many withdrawals had taken effect on every feed within how many seconds, with a line at one second. ' +
        `Right, for each agency the days until it acknowledged, with a line at ${bites.dutyDays} days: ` +
        'a full dot answered, an open dot waits, a hollow square is overdue.',
      tables: [
        {
          caption: 'Withdrawals that had stopped within so many seconds',
          columns: [
            { name: 'Seconds', isNumber: true },
            { name: 'Withdrawals', isNumber: true },
          ],
          rows: [...steps.map(({ seconds, stopped }) => [seconds, stopped]), ...(waiting > 0 ? [[NOT_YET, waiting]] : [])],
        },
        {
          caption: 'Days to acknowledgement',
          columns: [{ name: 'Agency' }, { name: 'Days', isNumber: true }, { name: 'State' }],
          rows: bites.acknowledgements.map(({ agency, days, state }) => [agency, days, STATES[state]]),
        },
      ],
    },
    { id, width: WIDTH, height, marks: [curveOf(steps, bites.seconds.length, waiting), daysOf(bites, agencies)] },
  );
};

const NOT_YET = 'not everywhere yet';

/** As high as all of them, so that the curve ends below where some wait. */
const curveOf = (steps: readonly Step[], stopped: number, waiting: number): string => {
  const all = stopped + waiting;
  const last = steps.at(-1)?.seconds ?? 0;
  const across = scaleLinear([0, Math.max(1.2, last * 1.05)], [LEFT, LEFT + PANE]).nice();
  const up = scaleLinear([0, Math.max(1, all)], [TOP + HEIGHT, TOP]);
  const points = [{ seconds: 0, stopped: 0 }, ...steps];
  const path = lineThrough<Step>(
    ({ seconds }) => across(seconds),
    ({ stopped }) => up(stopped),
  ).curve(curveStepAfter)(points);
  const bound = across(BOUND_SECONDS);
  return group(
    {},
    label({ x: 0, y: 16 }, 'Stopped within', { class: 'picture-text picture-strong' }),
    scaleLines(across, 'seconds'),
    ...up
      .ticks(Math.min(4, all))
      .filter(Number.isInteger)
      .map((tick) => label({ x: LEFT - 10, y: up(tick) + 5 }, written(tick), { 'text-anchor': 'end' })),
    line([bound, TOP - 6], [bound, TOP + HEIGHT], { class: 'picture-rule' }),
    label({ x: bound + 6, y: TOP + HEIGHT - 10 }, '1 s', { class: 'picture-text picture-strong picture-haloed' }),
    element('path', { d: path ?? '', class: 'picture-curve' }),
    ...steps.map((step, row) =>
      group(
        { 'data-row': row },
        titled(`${written(step.stopped)} within ${written(step.seconds)} s`),
        element('circle', { cx: across(step.seconds), cy: up(step.stopped), r: 4, class: 'picture-closed' }),
      ),
    ),
    ...(waiting > 0
      ? [group({ 'data-row': steps.length }, label({ x: LEFT + PANE, y: 16 }, `${written(waiting)} ${NOT_YET}`, { 'text-anchor': 'end' }))]
      : []),
  );
};

const scaleLines = (across: ScaleLinear<number, number>, unit: string, bottom = TOP + HEIGHT): string => {
  const [start = 0, end = 0] = across.range();
  return (
    line([start, bottom], [end, bottom], { class: 'picture-axis' }) +
    across
      .ticks(5)
      .map(
        (tick) =>
          line([across(tick), TOP], [across(tick), bottom], { class: 'picture-grid' }) +
          label({ x: across(tick), y: bottom + 20 }, written(tick), { 'text-anchor': 'middle' }),
      )
      .join('') +
    label({ x: end, y: bottom + 42 }, unit, { 'text-anchor': 'end' })
  );
};

const daysOf = ({ acknowledgements, dutyDays }: StopBites, agencies: readonly string[]): string => {
  const most = Math.max(dutyDays + 1, ...acknowledgements.map(({ days }) => days));
  const across = scaleLinear([0, most], [RIGHT_PANE, WIDTH - 20]).nice();
  const bottom = Math.max(TOP + HEIGHT, TOP + agencies.length * LANE);
  const due = across(dutyDays);
  const names = agencies.map((agency, lane) => {
    const lines = shortened(agency, RIGHT_PANE - LEFT - PANE - 70);
    return block({ x: RIGHT_PANE - 14, y: TOP + lane * LANE + (lines.length > 1 ? 17 : 25) }, lines, 'end');
  });
  return group(
    {},
    label({ x: RIGHT_PANE, y: 16 }, 'Acknowledged after', { class: 'picture-text picture-strong' }),
    scaleLines(across, 'days', bottom),
    line([due, TOP - 6], [due, bottom], { class: 'picture-rule' }),
    label({ x: due + 6, y: TOP + 6 }, `duty: ${dutyDays}`, { class: 'picture-text picture-strong picture-haloed' }),
    ...names,
    ...acknowledgements.map(({ agency, days, state }, row) => {
      const at = { x: across(days), y: TOP + agencies.indexOf(agency) * LANE + 20 };
      return group({ 'data-row': `1.${row}` }, titled(`${agency}: ${counted(days, 'day')}, ${STATES[state]}`), dotOf(at, state));
    }),
  );
};

const dotOf = ({ x, y }: { readonly x: number; readonly y: number }, state: Acknowledgement['state']): string =>
  state === 'overdue'
    ? element('rect', { x: x - 6, y: y - 6, width: 12, height: 12, class: 'picture-open picture-late', 'data-state': state })
    : element('circle', { cx: x, cy: y, r: 6, class: state === 'answered' ? 'picture-closed' : 'picture-open', 'data-state': state });
