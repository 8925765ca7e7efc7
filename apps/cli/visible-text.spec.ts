import { visible, visibleLines, widthOf } from './terminal.ts';

const THREATS: readonly (readonly [string, string, string])[] = [
  ['ESC and CSI', '\u001b[2J', '\\u001b[2J'],
  ['BEL', '\u0007', '\\u0007'],
  ['the CSI of one byte', '\u009b31m', '\\u009b31m'],
  [
    'a link (OSC 8)',
    '\u001b]8;;http://x.example\u001b\\name\u001b]8;;\u001b\\',
    '\\u001b]8;;http://x.example\\u001b\\name\\u001b]8;;\\u001b\\',
  ],
  ['DEL and backspace', 'a\u007fb\u0008', 'a\\u007fb\\u0008'],
  ['a carriage return', 'rejected\raccepted', 'rejected\\u000daccepted'],
  ['a right-to-left override', 'a\u202egnp.exe', 'a\\u202egnp.exe'],
  ['isolates and marks', '\u2066a\u2069\u200f\u061c', '\\u2066a\\u2069\\u200f\\u061c'],
  ['what has no width', 'nor\u200bth\ufeff\u00ad', 'nor\\u200bth\\ufeff\\u00ad'],
  ['tags', '\u{e0041}', '\\udb40\\udc41'],
  ['line separators', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
  ['half a character', '\ud83d', '\\ud83d'],
];

describe('text from outside', () => {
  it.each(THREATS)('shows %s, and does not send it', (_, text, shown) => {
    expect([visible(text), visibleLines(text)]).toEqual([shown, shown]);
  });

  it('keeps line breaks and tabs between lines, and writes them out within one', () => {
    expect([visibleLines('a\n\tb'), visible('a\n\tb')]).toEqual(['a\n\tb', 'a\\u000a\\u0009b']);
  });

  it('leaves names as they are', () => {
    for (const name of ['Siân Ó Briain', 'Łukasz', '山田 太郎', 'نور', 'Zoe\u0308', '😀']) expect(visible(name)).toBe(name);
  });

  it('leaves JSON to say what it said', () => {
    const value = Object.fromEntries(THREATS.map(([name, text]) => [name, text]));
    const shown = visibleLines(JSON.stringify(value, null, 2));
    expect(JSON.parse(shown)).toEqual(value);
  });
});

describe('the width of text', () => {
  it.each([
    ['', 0],
    ['Llŷr', 4],
    ['Zoe\u0308', 3],
    ['山田', 4],
    ['ﾔﾏﾀﾞ', 4],
    ['한글', 4],
    ['Ｆｕｌｌ', 8],
    ['😀', 2],
  ])('%s is %i columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});
