// Fills that differ by what is drawn in them and not by colour alone, and the key that says which is which.
import { widthOf } from './lettering.ts';
import { element, group, label } from './svg.ts';

/** What is drawn on the ground of a pattern, eight units wide and high. */
const DRAWN = {
  plain: [],
  rising: ['M-2 2L2 -2M0 8L8 0M6 10L10 6'],
  falling: ['M-2 6L2 10M0 0L8 8M6 -2L10 2'],
  level: ['M0 4H8'],
  upright: ['M4 0V8'],
  crossed: ['M0 4H8', 'M4 0V8'],
  dotted: ['M2 2h2v2h-2z', 'M6 6h2v2h-2z'],
} as const;

export type Drawn = keyof typeof DRAWN;

/** Colours are named for what `pictures.css` makes of them. */
export type Ink = 'blue' | 'green' | 'red' | 'purple' | 'grey' | 'pale' | 'yellow';

export interface Fill {
  readonly name: string;
  readonly ink: Ink;
  readonly drawn: Drawn;
  readonly words: string;
}

/** Drawn smaller than it is described, so that thin shapes show it too. */
const SCALE = 0.75;
const SIDE = 8;

const patternOf = (id: string, { name, ink, drawn }: Fill): string =>
  element(
    'pattern',
    { id: `${id}-${name}`, width: SIDE, height: SIDE, patternUnits: 'userSpaceOnUse', patternTransform: `scale(${SCALE})` },
    element('rect', { width: SIDE, height: SIDE, class: `picture-ground-${ink}` }),
    ...DRAWN[drawn].map((d) => element('path', { d, class: drawn === 'dotted' ? `picture-dots-${ink}` : `picture-lines-${ink}` })),
  );

export const patternsOf = (id: string, fills: readonly Fill[]): string => element('defs', {}, ...fills.map((fill) => patternOf(id, fill)));

export const filledWith = (id: string, { name }: Pick<Fill, 'name'>): string => `url(#${id}-${name})`;

const SWATCH = 18;
const GAP = 28;

/** In lines that are no wider than `width`. */
export const keyOf = (
  id: string,
  fills: readonly Fill[],
  at: { readonly x: number; readonly y: number; readonly width: number },
): string => {
  let [x, y] = [at.x, at.y];
  return group(
    { class: 'picture-key' },
    ...fills.map((fill) => {
      const room = SWATCH + 8 + widthOf(fill.words) + GAP;
      if (x > at.x && x + room > at.x + at.width) [x, y] = [at.x, y + KEY_LINE];
      const left = x;
      x += room;
      return (
        element('rect', { x: left, y, width: SWATCH, height: SWATCH, fill: filledWith(id, fill), class: 'picture-outline' }) +
        label({ x: left + SWATCH + 8, y: y + 14 }, fill.words)
      );
    }),
  );
};

export const KEY_LINE = 28;

/** How high the key is. */
export const keyHeight = (fills: readonly Fill[], width: number): number =>
  fills.reduce(
    ({ x, lines }, { words }) => {
      const room = SWATCH + 8 + widthOf(words) + GAP;
      return x > 0 && x + room > width ? { x: room, lines: lines + 1 } : { x: x + room, lines };
    },
    { x: 0, lines: 1 },
  ).lines * KEY_LINE;
