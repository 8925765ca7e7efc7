// Picture 11, the learner's circle: the learner in the middle, agencies around, and a line to each for what it knows now; dashed where it
// knew and was told to stop. In English and Welsh, in the words of learners' pages.
import { block, wrapped } from './lettering.ts';
import { type Picture, pictureOf } from './picture.ts';
import { element, group, line, titled } from './svg.ts';

export interface KnownTo {
  readonly agency: string;
  /** What it knows now, or knew, in the learner's words. */
  readonly kinds: readonly string[];
  readonly state: 'knows' | 'told-to-stop';
}

export type Language = 'en' | 'cy';

interface Words {
  readonly you: string;
  readonly title: (know: number, stopped: number) => string;
  readonly description: string;
  readonly nobody: string;
  readonly states: Readonly<Record<KnownTo['state'], string>>;
  readonly columns: readonly string[];
  readonly caption: string;
  readonly kinds: (count: number) => string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    you: 'You',
    title: (know, stopped) =>
      `${know === 1 ? 'One agency knows' : `${know} agencies know`} something about you.` +
      (stopped === 0 ? '' : ` ${stopped === 1 ? 'One was' : `${stopped} were`} told to stop.`),
    description: 'You are in the middle. A full line: they know it now. A dashed line: they knew it and were told to stop.',
    nobody: 'Nobody knows anything about you here yet.',
    states: { knows: 'They know it now', 'told-to-stop': 'They knew it and were told to stop' },
    columns: ['Who', 'What', 'Now'],
    caption: 'Who knows what',
    kinds: (count) => (count === 1 ? '1 kind' : `${count} kinds`),
  },
  cy: {
    you: 'Chi',
    title: (know, stopped) =>
      `Mae ${know === 1 ? 'un asiantaeth' : `${know} asiantaeth`} yn gwybod rhywbeth amdanoch.` +
      (stopped === 0 ? '' : ` Dywedwyd wrth ${stopped === 1 ? 'un' : stopped} am roi'r gorau iddi.`),
    description:
      'Rydych chi yn y canol. Llinell lawn: maent yn gwybod nawr. Llinell doredig: roeddent yn gwybod, a dywedwyd wrthynt am roi’r gorau iddi.',
    nobody: 'Nid oes neb yn gwybod dim amdanoch yma eto.',
    states: {
      knows: 'Maent yn gwybod nawr',
      'told-to-stop': 'Roeddent yn gwybod, a dywedwyd wrthynt am roi’r gorau iddi',
    },
    columns: ['Pwy', 'Beth', 'Nawr'],
    caption: 'Pwy sy’n gwybod beth',
    kinds: (count) => `${count} math`,
  },
};

const WIDTH = 640;
const MIDDLE = { x: WIDTH / 2, y: 250 };
const ACROSS = 230;
const DOWN = 185;
const BOX = { width: 150, height: 58 };

export const learnersCircle = (id: string, known: readonly KnownTo[], language: Language = 'en'): Picture => {
  const words = WORDS[language];
  const knowing = known.filter(({ state }) => state === 'knows').length;
  // A crowded circle is a bigger one: boxes side by side must not touch.
  const size = Math.max(1, known.length / 8);
  const middle = { x: MIDDLE.x * size, y: MIDDLE.y * size };
  const places = known.map((_, at) => around(at, known.length, size));
  return pictureOf(
    {
      title: known.length === 0 ? words.nobody : words.title(knowing, known.length - knowing),
      description: words.description,
      tables: [
        {
          caption: words.caption,
          columns: words.columns.map((name) => ({ name })),
          rows: known.map(({ agency, kinds, state }) => [agency, kinds.join(', '), words.states[state]]),
        },
      ],
    },
    {
      id,
      width: WIDTH * size,
      height: 2 * middle.y,
      marks: [
        ...known.map(({ state }, row) => {
          const { x, y } = places[row] ?? middle;
          const name = state === 'knows' ? 'picture-knows' : 'picture-stopped';
          return line([middle.x, middle.y], [x, y], { class: name, 'data-line': row, 'data-state': state });
        }),
        ...known.map((each, row) => boxOf(each, row, { at: places[row] ?? middle, words })),
        element('circle', { cx: middle.x, cy: middle.y, r: 44, class: 'picture-you' }),
        element('text', { x: middle.x, y: middle.y + 7, class: 'picture-text picture-you-word', 'text-anchor': 'middle' }, words.you),
      ],
    },
  );
};

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The first at the top, then clockwise. */
const around = (at: number, of: number, size: number): Point => {
  const angle = (2 * Math.PI * at) / of - Math.PI / 2;
  return { x: (MIDDLE.x + ACROSS * Math.cos(angle)) * size, y: (MIDDLE.y + DOWN * Math.sin(angle)) * size };
};

const boxOf = ({ agency, kinds, state }: KnownTo, row: number, { at, words }: { at: Point; words: Words }): string => {
  const name = wrapped(agency, BOX.width - 12);
  const lines = [...(name.length > 2 ? [name[0] ?? '', `${name[1] ?? ''}…`] : name), words.kinds(kinds.length)];
  const height = Math.max(BOX.height, lines.length * 17 + 14);
  const top = at.y - height / 2;
  return group(
    { 'data-row': row },
    titled(`${agency}: ${kinds.join(', ')}. ${words.states[state]}.`),
    element('rect', {
      x: at.x - BOX.width / 2,
      y: top,
      width: BOX.width,
      height,
      class: state === 'knows' ? 'picture-box' : 'picture-box picture-box-stopped',
    }),
    block({ x: at.x, y: top + (height - lines.length * 17) / 2 + 14 }, lines, 'middle'),
  );
};
