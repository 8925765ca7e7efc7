import { alignedLines, Terminal } from './terminal.ts';

const captured = () => {
  const texts = { out: '', err: '' };
  const terminal = new Terminal({ write: (text) => (texts.out += text) }, { write: (text) => (texts.err += text) });
  return { terminal, texts };
};

describe('the terminal', () => {
  it('aligns columns and leaves no space at the end of a line', () => {
    expect(
      alignedLines([
        ['a', 'bcd'],
        ['ab', ''],
        ['abc', 'e', 'f'],
      ]),
    ).toEqual(['a    bcd', 'ab', 'abc  e    f']);
  });

  it('counts characters, not bytes', () => {
    expect(
      alignedLines([
        ['Llŷr', 'x'],
        ['abcde', 'y'],
      ]),
    ).toEqual(['Llŷr   x', 'abcde  y']);
  });

  it('counts what a terminal makes wide, or puts on the character before', () => {
    expect(
      alignedLines([
        ['山田', 'x'],
        ['Zoe\u0308', 'y'],
        ['abcd', 'z'],
      ]),
    ).toEqual(['山田  x', 'Zoe\u0308   y', 'abcd  z']);
  });

  it('lets no cell give orders to the terminal, and aligns what it shows instead', () => {
    expect(
      alignedLines([
        ['\u001b[2Jname\n', 'x'],
        ['a', 'y'],
      ]),
    ).toEqual(['\\u001b[2Jname\\u000a  x', `a${' '.repeat(20)}y`]);
  });

  it('lets nothing give orders to the terminal, whichever way it is written', () => {
    const { terminal, texts } = captured();
    const order = '\u001b]8;;http://x.example\u0007\u202e\r';
    terminal.line(order);
    terminal.lines([order]);
    terminal.json({ [order]: order });
    terminal.table([order], [[order]], '');
    terminal.note(order);
    terminal.complain(order);
    expect(`${texts.out}${texts.err}`.replaceAll('\n', '')).toMatch(/^[ -~]+$/);
    expect(texts.err).toBe(
      '\\u001b]8;;http://x.example\\u0007\\u202e\\u000d\nconcordat: \\u001b]8;;http://x.example\\u0007\\u202e\\u000d\n',
    );
  });

  it('writes results to one stream, and what to know about them to the other', () => {
    const { terminal, texts } = captured();
    terminal.table(['a', 'b'], [['1', '2']], 'none');
    terminal.table(['a', 'b'], [], 'none');
    terminal.complain('It failed.');
    expect(texts).toEqual({ out: 'A  B\n1  2\n', err: 'none\nconcordat: It failed.\n' });
  });

  it('draws progress over itself where somebody watches, and says nothing of it to a file', () => {
    const texts = { watched: '', file: '' };
    const nowhere = { write: () => undefined };
    const watched = new Terminal(nowhere, { isTTY: true, write: (text) => (texts.watched += text) });
    const file = new Terminal(nowhere, { write: (text) => (texts.file += text) });
    for (const terminal of [watched, file]) for (const done of [0, 50, 100]) terminal.progress(done, 100);
    expect(texts.watched).toBe(`\r[${'.'.repeat(30)}]   0%\r[${'#'.repeat(15)}${'.'.repeat(15)}]  50%\r${' '.repeat(37)}\r`);
    expect(texts.file).toBe('');
  });
});
