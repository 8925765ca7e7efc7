// The stylesheet's colours, told apart by whoever sees little (WCAG 2.2, 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs';

describe('colours', () => {
  const css = readFileSync(new URL('pictures.css', import.meta.url), 'utf8');
  const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, names = '', body = '']) => ({ names, body }));
  const colourOf = (body: string, property: string): string | undefined =>
    new RegExp(`(?:^|[;\\s])${property}:\\s*#([0-9a-f]{6})`).exec(body)?.[1];
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((from) => {
      const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [more = 0, less = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
    return (more + 0.05) / (less + 0.05);
  };
  const fillNamed = (name: string): string => {
    const rule = rules.find(({ names, body }) => names.trim() === name && colourOf(body, 'fill'));
    return colourOf(rule?.body ?? '', 'fill') ?? '';
  };

  it('of lines stand out from the ground by 3:1, but for the lines that only help the eye along', () => {
    const faint = rules
      .filter(({ names, body }) => !/grid|none|day-0|lines-|haloed/.test(names) && colourOf(body, 'stroke'))
      .filter(({ body }) => contrast(colourOf(body, 'stroke') ?? '', 'ffffff') < 3)
      .map(({ names }) => names.trim());
    expect(faint).toEqual([]);
  });

  it('of a pattern’s drawing stand out from its ground by 3:1', () => {
    const inks = [...css.matchAll(/\.picture-ground-(\w+)/g)].map(([, ink = '']) => ink);
    const pairs = inks.flatMap((ink) => {
      const drawn = rules.filter(({ names }) => new RegExp(`-(?:lines|dots)-${ink}\\b`).test(names));
      return drawn.map(({ body }) =>
        contrast(colourOf(body, 'stroke') ?? colourOf(body, 'fill') ?? '', fillNamed(`.picture-ground-${ink}`)),
      );
    });
    expect(pairs.length).toBe(inks.length * 2);
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(3);
  });

  it('of numbers on days are read at 4.5:1', () => {
    const dark = [3, 4].map((step) => contrast(fillNamed(`.picture-day-${step}`), 'ffffff'));
    const light = [1, 2].map((step) => contrast(fillNamed(`.picture-day-${step}`), '0b0c0c'));
    expect(Math.min(...dark, ...light)).toBeGreaterThanOrEqual(4.5);
  });
});
