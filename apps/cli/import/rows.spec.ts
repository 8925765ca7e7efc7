import { csvRows, delimiterIn } from './csv-rows.ts';
import { cellIn, type FileRow } from './rows.ts';
import { xmlRows } from './xml-rows.ts';

const inPieces = async function* (text: string, size = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
};
type Found = readonly [number, Readonly<Record<string, string>>];
const all = async (rows: AsyncIterable<FileRow>): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for await (const { number, cells } of rows) found.push([number, Object.fromEntries(cells)]);
  return found;
};
const table = (text: string) => all(csvRows(inPieces(text)));

describe('rows of a table', () => {
  it('are told apart by what the head has most of', () => {
    expect([',', ';', '\t'].map((one) => delimiterIn(`a${one}"b,c;d"${one}e\n`))).toEqual([',', ';', '\t']);
  });

  it.each([
    ['commas', 'a,b\r\n1,"x, y"\r\n', { a: '1', b: 'x, y' }],
    ['semicolons, as spreadsheets of the continent', 'a;b\n1;2,5\n', { a: '1', b: '2,5' }],
    ['a line that names the delimiter', 'sep=;\na;b\n1;2\n', { a: '1', b: '2' }],
    ['quotes within, and blanks around', 'a,b\n 1 ,"say ""yes"""\n', { a: '1', b: 'say "yes"' }],
  ])('with %s', async (_, text, cells) => {
    expect((await table(text)).map(([, found]) => found)).toEqual([cells]);
  });

  it('count as lines of the file do, empty ones and those within quotes too', async () => {
    const rows = await table('a,b\n1,2\n\n3,"x\ny"\n4,5\n');
    expect(rows.map(([number]) => number)).toEqual([2, 5, 6]);
    expect((await table('sep=,\na,b\n1,2\n')).map(([number]) => number)).toEqual([3]);
  });

  it.each([
    ['a row that is too long', 'a,b\n1,2,3\n', /^Line 2 has more or fewer cells/],
    ['a cell that does not end', 'a,b\n1,"2\n', /begins a quoted cell that does not end/],
    ['a column twice', 'a,a\n1,2\n', /stands twice/],
  ])('are refused with the line: %s', async (_, text, says) => {
    await expect(table(text)).rejects.toThrow(says);
  });

  it('say nothing where they are empty, and lose the quote before what looks like a formula', () => {
    const cells = new Map([
      ['a', ' '],
      ['b', "'=1+1"],
      ['c', "'tis"],
    ]);
    expect(['a', 'b', 'c', 'd', undefined].map((column) => cellIn(cells, column))).toEqual(['', '=1+1', "'tis", '', '']);
  });
});

const XML = `<?xml version="1.0"?>
<m:Message xmlns:m="urn:x"><Header><Made>2026-09-30</Made></Header>
<Learner><Ref>l-1</Ref><Name>A &amp; B</Name><Delivery><Aim>1</Aim></Delivery><Delivery><Aim>2</Aim><Fam><Code>c</Code></Fam></Delivery></Learner>
<Learner><Ref>l-2</Ref></Learner></m:Message>`;

describe('records of XML', () => {
  const records = (text: string) => all(xmlRows(inPieces(text), ['Learner', 'Delivery']));

  it('come with what is said around them, each before those within it', async () => {
    expect(await records(XML)).toEqual([
      [3, { Made: '2026-09-30', Ref: 'l-1', Name: 'A & B' }],
      [1, { Made: '2026-09-30', Ref: 'l-1', Name: 'A & B', Aim: '1' }],
      [2, { Made: '2026-09-30', Ref: 'l-1', Name: 'A & B', Aim: '2', Code: 'c' }],
      [4, { Made: '2026-09-30', Ref: 'l-2' }],
    ]);
  });

  it.each([
    ['what is not well-formed', '<a>\n<b></a>', /Line 2 is not well-formed/],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a/>', /DOCTYPE/],
    ['what ends before its end', '<a><b>', /not well-formed/],
  ])('refuse %s', async (_, text, says) => {
    await expect(records(text)).rejects.toThrow(says);
  });
});
