import { alignedLines, Terminal } from './terminal.ts';

const captured = () => {
  const texts = { out: '', err: '' };
  const terminal = new Terminal({ write: (text) => (texts.out += text) }, { write: (text) => (texts.err += text) });
  return { terminal, texts };
};

describe('the terminal', () => {
  it('aligns columns and leaves no space at the end of a line', () => {
    expect(alignedLines([['a', 'bcd'], ['ab', ''], ['abc', 'e', 'f']])).toEqual(['a    bcd', 'ab', 'abc  e    f']);
  });

  it('counts characters, not bytes', () => {
    expect(alignedLines([['Llŷr', 'x'], ['abcde', 'y']])).toEqual(['Llŷr   x', 'abcde  y']);
  });

  it('lets no cell give orders to the terminal', () => {
    expect(alignedLines([['\u001b[2Jname\n', 'x']])).toEqual(['\uFFFD[2Jname\uFFFD  x']);
  });

  it('writes results to one stream, and what to know about them to the other', () => {
    const { terminal, texts } = captured();
    terminal.table(['a', 'b'], [['1', '2']], 'none');
    terminal.table(['a', 'b'], [], 'none');
    terminal.complain('It failed.');
    expect(texts).toEqual({ out: 'A  B\n1  2\n', err: 'none\nconcordat: It failed.\n' });
  });
});
