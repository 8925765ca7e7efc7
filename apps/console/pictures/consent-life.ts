// Picture 1, a consent's life: a lane of its status, and for each recipient a lane of the disclosures that relied on it and of the notices.
import { type ScaleTime, scaleUtc } from 'd3-scale';
import {
  afterIn,
  type ConsentLife,
  type ConsentStatus,
  findingOf,
  type ReliedOn,
  STATUS_WORDS,
  tablesOf,
  withdrawalIn,
} from './consent-life-facts.ts';
import { block, clockOf, counted, dayInWords, londonDay, shortDay, shortened, written } from './lettering.ts';
import { type Fill, filledWith, keyHeight, keyOf, patternsOf } from './patterns.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, line, linked, titled } from './svg.ts';

const FILLS: Readonly<Record<ConsentStatus, Fill>> = {
  given: { name: 'given', ink: 'green', drawn: 'plain', words: STATUS_WORDS.given },
  paused: { name: 'paused', ink: 'pale', drawn: 'rising', words: STATUS_WORDS.paused },
  resumed: { name: 'resumed', ink: 'green', drawn: 'level', words: STATUS_WORDS.resumed },
  renewed: { name: 'renewed', ink: 'blue', drawn: 'dotted', words: STATUS_WORDS.renewed },
  withdrawn: { name: 'withdrawn', ink: 'pale', drawn: 'crossed', words: STATUS_WORDS.withdrawn },
  expired: { name: 'expired', ink: 'pale', drawn: 'dotted', words: STATUS_WORDS.expired },
  refused: { name: 'refused', ink: 'pale', drawn: 'falling', words: STATUS_WORDS.refused },
};

const WIDTH = 900;
const LEFT = 190;
const RIGHT = 80;
const LANE = 52;
const BAND = 30;
const TOP = 40;
/** Above so many disclosures each day is a bar. */
const MOST_TICKS = 200;
const DAY = 86_400_000;

type Time = ScaleTime<number, number>;
const placed = (time: Time, instant: string): number => time(new Date(instant));

export const consentLife = (id: string, life: ConsentLife): Picture => {
  const time = scaleUtc([new Date(life.from), new Date(life.to)], [LEFT, WIDTH - RIGHT]);
  const used = [...new Set(life.statuses.map(({ status }) => status))].map((status) => FILLS[status]);
  const lanes = life.recipients.map((relied, row) => laneOf({ life, time, relied, row }));
  const bottom = TOP + LANE * (1 + lanes.length);
  const width = WIDTH - LEFT - RIGHT;
  return pictureOf(
    {
      title: findingOf(life),
      description:
        `From ${dayInWords(life.from)} to ${dayInWords(life.to)}. The first lane is the status of the consent. ` +
        'Each further lane is one recipient: a tick or a bar for disclosures that relied on the consent, an open circle for a notice sent, ' +
        'a closed one for its answer.',
      tables: tablesOf(life),
    },
    {
      id,
      width: WIDTH,
      height: bottom + 66 + keyHeight(used, width),
      hasLinks: life.hrefOf !== undefined,
      marks: [
        patternsOf(id, used),
        axisOf(time, bottom),
        statusLane(id, life, time),
        ...lanes,
        withdrawalRule(life, time, bottom),
        keyOf(id, used, { x: LEFT, y: bottom + 56, width }),
      ],
    },
  );
};

const MOST_TICKS_OF_TIME = 6;

/** What a tick says so that no two say the same: within few days the time as well, over more than a year the year. */
const tickWords = (ticks: readonly Date[]): readonly (readonly string[])[] => {
  const [first, second] = ticks;
  const apart = first && second ? second.getTime() - first.getTime() : DAY;
  const days = ticks.map((tick) => shortDay(tick.toISOString()));
  if (apart < DAY) return ticks.map((tick, at) => [clockOf(tick, apart), ...(days[at] === days[at - 1] ? [] : [days[at] ?? ''])]);
  const years = ticks.map((tick) => londonDay(tick.toISOString()).slice(0, 4));
  return days.map((day, at) => [day, ...(new Set(years).size === 1 || years[at] === years[at - 1] ? [] : [years[at] ?? ''])]);
};

const axisOf = (time: Time, bottom: number): string => {
  const ticks = time.ticks(MOST_TICKS_OF_TIME);
  const words = tickWords(ticks);
  return group(
    {},
    ...ticks.map((tick, at) => {
      const x = time(tick);
      return line([x, TOP], [x, bottom], { class: 'picture-grid' }) + block({ x, y: bottom + 20 }, words[at] ?? [], 'middle');
    }),
  );
};

const statusLane = (id: string, life: ConsentLife, time: Time): string => {
  const bands = life.statuses.map(({ status, at }, row) => {
    const x = placed(time, at);
    const wide = placed(time, life.statuses[row + 1]?.at ?? life.to) - x;
    const fill = FILLS[status];
    const room = fill.words.length * 8 + 10;
    const words =
      wide < room + 8
        ? ''
        : element('rect', { x: x + 4, y: TOP + 15, width: room, height: 20, class: 'picture-plate' }) +
          label({ x: x + 9, y: TOP + 30 }, fill.words);
    return group(
      { 'data-row': row },
      titled(`${fill.words} on ${dayInWords(at)}`),
      element('rect', { x, y: TOP + 10, width: Math.max(wide, 1), height: BAND, fill: filledWith(id, fill), class: 'picture-outline' }),
      words,
    );
  });
  return label({ x: 0, y: TOP + 30 }, 'Consent', { class: 'picture-text picture-strong' }) + bands.join('');
};

interface Lane {
  readonly life: ConsentLife;
  readonly time: Time;
  readonly relied: ReliedOn;
  readonly row: number;
}

const laneOf = ({ life, time, relied, row }: Lane): string => {
  const top = TOP + LANE * (row + 1);
  const base = top + LANE - 14;
  const { recipient, disclosures, notice } = relied;
  const total = life.recipients.reduce((sum, each) => sum + each.disclosures.length, 0);
  const marks = total > MOST_TICKS ? barsOf(time, disclosures, base) : disclosures.map((at) => tickOf(placed(time, at), base, 22));
  const lines = shortened(recipient, LEFT - 24);
  const name = `${recipient}: ${counted(disclosures.length, 'disclosure')}`;
  return group(
    { 'data-row': `1.${row}` },
    linked(life.hrefOf?.(recipient), name, titled(name) + block({ x: 0, y: base - (lines.length > 1 ? 12 : 2) }, lines)),
    line([LEFT, base], [WIDTH - RIGHT, base], { class: 'picture-axis' }),
    ...marks,
    notice ? noticeOf(time, notice, base) : '',
  );
};

const tickOf = (x: number, base: number, height: number): string =>
  line([x, base - height], [x, base], { class: 'picture-tick', 'data-mark': 'disclosure' });

const barsOf = (time: Time, disclosures: readonly string[], base: number): readonly string[] => {
  const byDay = Object.groupBy(disclosures, londonDay);
  const counts = Object.entries(byDay).map(([day, of = []]) => ({ day, count: of.length }));
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return counts.map(({ day, count }) =>
    element('rect', {
      x: placed(time, `${day}T00:00:00Z`),
      y: base - (28 * count) / most,
      width: Math.max(1, time(new Date(DAY)) - time(new Date(0))),
      height: (28 * count) / most,
      class: 'picture-bar',
      'data-mark': 'disclosures',
      'data-count': count,
    }),
  );
};

/** Of an answer the day alone is known: it is drawn at noon, and neither before the notice nor beyond the axis. */
const answeredAt = (time: Time, day: string, sent: number): number => {
  const [, last] = time.range();
  return Math.max(sent, Math.min(placed(time, `${day}T12:00:00Z`), last ?? sent));
};

const noticeOf = (time: Time, { sentAt, answered }: NonNullable<ReliedOn['notice']>, y: number): string => {
  const sent = placed(time, sentAt);
  const open = element('circle', { cx: sent, cy: y, r: 6, class: 'picture-open', 'data-mark': 'sent' });
  if (answered === undefined) return open + label({ x: sent + 10, y: y - 8 }, 'waiting', { class: 'picture-text picture-haloed' });
  const x = answeredAt(time, answered.on, sent);
  return (
    line([sent, y], [x, y], { class: 'picture-span' }) +
    open +
    element('circle', { cx: x, cy: y, r: 6, class: 'picture-closed', 'data-mark': 'answered' }) +
    label({ x: x + 10, y: y - 8 }, counted(answered.days, 'day'), { class: 'picture-text picture-haloed' })
  );
};

const withdrawalRule = (life: ConsentLife, time: Time, bottom: number): string => {
  const withdrawn = withdrawalIn(life);
  if (withdrawn === undefined) return '';
  const x = placed(time, withdrawn);
  const after = life.recipients.reduce((sum, relied) => sum + afterIn(relied, withdrawn), 0);
  const words = `withdrawn: ${written(after)} after`;
  const isNearEnd = x > WIDTH - RIGHT - 160;
  return (
    line([x, TOP - 8], [x, bottom], { class: 'picture-rule' }) +
    label({ x: isNearEnd ? x + RIGHT - 4 : x, y: TOP - 16 }, words, {
      'text-anchor': isNearEnd ? 'end' : 'start',
      class: 'picture-text picture-strong',
      'data-mark': 'after',
    })
  );
};

export type { ConsentLife, ConsentStatus, ReliedOn } from './consent-life-facts.ts';
