// Picture 5, who may see what: roles by categories, with purposes as letters, how much as fill, and consent as border. Compared with an
// older text, a sign says what is gained and lost, and the sentences say it in words.
import { block, counted, listed, shortened, widthOf, wrapped } from './lettering.ts';
import { type Fill, filledWith, keyHeight, keyOf, patternsOf } from './patterns.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, label, titled } from './svg.ts';

export type Level = 'full' | 'summary' | 'existence';

export interface Sight {
  readonly role: string;
  readonly category: string;
  readonly purpose: string;
  readonly level: Level;
  readonly needsConsent: boolean;
  /** In a comparison: what the new text adds or takes. */
  readonly change?: 'gains' | 'loses';
}

export interface WhoMaySee {
  /** In the order of rows and columns, in words. */
  readonly roles: readonly string[];
  readonly categories: readonly string[];
  readonly purposes: readonly string[];
  readonly sights: readonly Sight[];
}

const LEVELS: Readonly<Record<Level, Fill>> = {
  full: { name: 'full', ink: 'blue', drawn: 'plain', words: 'in full' },
  summary: { name: 'summary', ink: 'pale', drawn: 'rising', words: 'a summary' },
  existence: { name: 'existence', ink: 'pale', drawn: 'dotted', words: 'that it exists' },
};
const FILLS = Object.values(LEVELS);
const ORDER: readonly Level[] = ['full', 'summary', 'existence'];

const LEFT = 190;
const HEAD_LINE = 170;
const WIDE = 66;
const HIGH = 48;

export const letterOf = (at: number): string => (at < 26 ? String.fromCharCode(65 + at) : `${letterOf(at % 26)}${Math.floor(at / 26)}`);

/** `Colleges gain reviews for planning learning, with consent.` */
export const sentenceOf = ({ role, category, purpose, needsConsent, change }: Sight): string =>
  `${role} ${change === 'loses' ? 'lose' : 'gain'} ${category} for ${purpose}${needsConsent ? ', with consent' : ''}.`;

const NAMES = ['Who', 'What', 'Purpose', 'How much', 'Needs consent'];

const findingOf = ({ sights }: WhoMaySee): string => {
  const changed = sights.filter(({ change }) => change !== undefined);
  const [gains, losses] = ['gains', 'loses'].map((change) => sights.filter((sight) => sight.change === change).length);
  if (changed.length > 0) return `${counted(gains ?? 0, 'sight is', 'sights are')} gained and ${counted(losses ?? 0, 'is', 'are')} lost.`;
  const needing = sights.filter(({ needsConsent }) => needsConsent).length;
  if (sights.length === 0) return 'Nobody may see anything.';
  return `${counted(new Set(sights.map(({ role }) => role)).size, 'kind')} of recipient may see ${counted(new Set(sights.map(({ category }) => category)).size, 'category', 'categories')}; ${needing} of ${sights.length} sights need consent.`;
};

export const whoMaySeeWhat = (id: string, sees: WhoMaySee): Picture => {
  const { roles, categories, purposes, sights } = sees;
  const head = headHeight(categories);
  const width = Math.max(LEFT + categories.length * WIDE + head - WIDE, 620);
  const bottom = head + roles.length * HIGH;
  const letters = purposes.map((purpose, at) => `${letterOf(at)}: ${purpose}`);
  const perLine = Math.max(1, Math.floor(width / 300));
  const isCompared = sights.some(({ change }) => change !== undefined);
  const keyTop = bottom + 24 + keyHeight(FILLS, width);
  return pictureOf(
    {
      title: findingOf(sees),
      description:
        'A grid of who may see which category. Letters are purposes. The fill says how much is seen. ' +
        'A thick border: only with consent; a dashed one: with consent for some purposes. A plus is gained, a minus is lost.',
      tables: [
        {
          caption: 'Who may see what',
          columns: [...NAMES, ...(isCompared ? ['Change'] : [])].map((name) => ({ name })),
          rows: sights.map(({ role, category, purpose, level, needsConsent, change }) => [
            role,
            category,
            `${letterOf(purposes.indexOf(purpose))}: ${purpose}`,
            LEVELS[level].words,
            needsConsent ? 'yes' : 'no',
            ...(isCompared ? [change ?? 'none'] : []),
          ]),
        },
      ],
    },
    {
      id,
      width,
      height: keyTop + 34 + Math.ceil(letters.length / perLine) * 22,
      marks: [
        patternsOf(id, FILLS),
        ...categories.map((category, at) => headOf(category, at, head)),
        ...roles.map((role, row) => rowHead(role, row, head)),
        ...roles.flatMap((role, row) => categories.map((category, at) => cellOf({ id, sees, place: { role, row, category, at, head } }))),
        keyOf(id, FILLS, { x: 0, y: bottom + 24, width }),
        bordersKey(keyTop),
        ...letters.map((words, at) => label({ x: (at % perLine) * 300, y: keyTop + 50 + Math.floor(at / perLine) * 22 }, words)),
      ],
    },
  );
};

/** Leaning, so that long words fit above narrow columns. */
const headOf = (category: string, at: number, head: number): string => {
  const lines = shortened(category, HEAD_LINE);
  const [x, y] = [LEFT + at * WIDE + WIDE / 2 - (lines.length - 1) * 6, head - 10];
  return group({ transform: `rotate(-45 ${x} ${y})` }, block({ x, y: y - (lines.length - 1) * 4 }, lines));
};

/** As high as the longest leaning line stands. */
const headHeight = (categories: readonly string[]): number =>
  Math.max(0, ...categories.flatMap((category) => shortened(category, HEAD_LINE)).map(widthOf)) * Math.SQRT1_2 + 34;

const rowHead = (role: string, row: number, head: number): string => {
  const lines = shortened(role, LEFT - 16);
  return block({ x: 0, y: head + row * HIGH + (lines.length > 1 ? 20 : 29) }, lines);
};

interface Place {
  readonly role: string;
  readonly row: number;
  readonly category: string;
  readonly at: number;
  /** How high the heads of the columns are. */
  readonly head: number;
}

const cellOf = ({ id, sees, place }: { readonly id: string; readonly sees: WhoMaySee; readonly place: Place }): string => {
  const { role, row, category, at, head } = place;
  const here = sees.sights.flatMap((sight, index) => (sight.role === role && sight.category === category ? [{ ...sight, index }] : []));
  const square = { x: LEFT + at * WIDE + 3, y: head + row * HIGH + 3, width: WIDE - 6, height: HIGH - 6 };
  const most = ORDER.find((level) => here.some((sight) => sight.level === level));
  if (most === undefined) return element('rect', { ...square, class: 'picture-none' });
  const letters = here.map(({ purpose, change }) => `${SIGNS[change ?? 'stays']}${letterOf(sees.purposes.indexOf(purpose))}`);
  return group(
    { 'data-rows': here.map(({ index }) => index).join(' '), 'data-level': most },
    titled(`${role}, ${category}: ${listed(here.map(({ purpose, level }) => `${LEVELS[level].words} for ${purpose}`))}`),
    element('rect', { ...square, fill: filledWith(id, LEVELS[most]), class: `picture-outline ${borderOf(here)}` }),
    lettersIn(square, letters),
  );
};

const SIGNS = { gains: '+', loses: '−', stays: '' } as const;

const borderOf = (here: readonly Sight[]): string => {
  const needing = here.filter(({ needsConsent }) => needsConsent).length;
  if (needing === 0) return '';
  return needing === here.length ? 'picture-consent' : 'picture-some-consent';
};

/** In two lines, at most; more are said to be more. */
const lettersIn = ({ x, y }: { readonly x: number; readonly y: number }, letters: readonly string[]): string => {
  const lines = wrapped(letters.join(' '), WIDE - 22);
  const shown = lines.length > 2 ? [lines[0] ?? '', `${lines[1] ?? ''}…`] : lines;
  const room = Math.max(...shown.map((text) => text.length)) * 7.6 + 10;
  const top = y + (HIGH - 6) / 2 - (shown.length * 17) / 2;
  const middle = x + (WIDE - 6) / 2;
  return (
    element('rect', { x: middle - room / 2, y: top, width: room, height: shown.length * 17 + 2, class: 'picture-plate' }) +
    block({ x: middle, y: top + 14 }, shown, 'middle')
  );
};

const bordersKey = (y: number): string =>
  (
    [
      ['picture-consent', 'only with consent'],
      ['picture-some-consent', 'with consent for some purposes'],
    ] as const
  )
    .map(
      ([name, words], at) =>
        element('rect', { x: at * 200 + 2, y: y + 2, width: 18, height: 18, class: `picture-outline picture-ground-pale ${name}` }) +
        label({ x: at * 200 + 30, y: y + 16 }, words),
    )
    .join('');
