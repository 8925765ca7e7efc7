import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOf, LARGEST_TEXT, readJsonFile, readTextFile, textOf, UnreadableText } from './text-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'strict-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const faultOf = (read: () => unknown): unknown => {
  try {
    read();
  } catch (cause) {
    return cause instanceof UnreadableText ? cause.code : cause;
  }
  return undefined;
};
const name = '{"name":"René Müller"}';

describe('a file', () => {
  it('is read as UTF-8, without a byte order mark', () => {
    expect(readJsonFile(file('plain.json', name))).toEqual({ name: 'René Müller' });
    expect(readJsonFile(file('marked.json', `\ufeff${name}\r\n`))).toEqual({ name: 'René Müller' });
    expect(readTextFile(file('marked.txt', '\ufeffa\r\nb'))).toBe('a\r\nb');
    expect(readTextFile(file('empty', ''))).toBe('');
  });

  it.each<[string, string, Buffer]>([
    ['UTF-16 with its mark', 'utf-16', Buffer.from(`\ufeff${name}`, 'utf16le')],
    ['UTF-16 without one', 'utf-16', Buffer.from(name, 'utf16le')],
    ['UTF-16 the other way round', 'utf-16', Buffer.from(`\ufeff${name}`, 'utf16le').swap16()],
    ['the same without a mark', 'utf-16', Buffer.from(name, 'utf16le').swap16()],
    ['UTF-32', 'utf-32', Buffer.from('fffe00007b0000007d000000', 'hex')],
    ['Windows-1252', 'one-byte', Buffer.from(name, 'latin1')],
    ['half a letter', 'one-byte', Buffer.from(name).subarray(0, 13)],
    ['half a pair of surrogates', 'one-byte', Buffer.from('22eda08022', 'hex')],
    ['a spreadsheet', 'compressed', Buffer.from('504b030414000600', 'hex')],
    ['a compressed one', 'compressed', Buffer.from('1f8b080000000000', 'hex')],
    ['NUL', 'nul', Buffer.from('{"a":1}\0')],
  ])('is refused with what it looks like: %s', (_, code, bytes) => {
    expect(faultOf(() => readTextFile(file('strange', bytes)))).toBe(code);
  });

  it('is named in a sentence that says what to do, without what it holds', () => {
    expect(() => textOf(Buffer.from(name, 'latin1'), 'roll.csv')).toThrow('roll.csv is not UTF-8: it looks like Windows-1252');
    expect(() => textOf(Buffer.from(name, 'utf16le'), 'roll.csv')).toThrow('roll.csv is not UTF-8: it looks like UTF-16');
    expect(() => jsonOf('{"secret":1,"secret":2}', 'key.json')).toThrow('key.json gives a member twice in one object: leave one of them.');
  });

  it.each([
    ['duplicate-member', '{"a":1,"a":2}'],
    ['escaped-name', '{"a":1,"\\u0061":2}'],
    ['not-json', '{"a":1} {"b":2}'],
    ['not-json', '{"a":1}x'],
    ['not-json', '{"a":NaN}'],
    ['not-json', '{"a":1e999}'],
    ['not-json', '{"a":"\\ud800"}'],
    ['not-json', ''],
    ['inexact-number', '{"a":90071992547409931}'],
    ['too-deep', `${'['.repeat(65)}${']'.repeat(65)}`],
  ])('of JSON is refused as on the wire: %s', (code, text) => {
    expect(faultOf(() => readJsonFile(file('refused.json', text)))).toBe(code);
  });

  it('is read up to a bound, whatever size it says to have', () => {
    expect(faultOf(() => readTextFile('/dev/zero'))).toBe('too-large');
    expect(faultOf(() => textOf(Buffer.alloc(LARGEST_TEXT + 1, 0x20), 'large'))).toBe('too-large');
  });

  it('that is not there, or is a directory, is told as Node tells it', () => {
    expect(() => readTextFile(join(folder, 'none'))).toThrow('ENOENT');
    expect(() => readTextFile(folder)).toThrow('EISDIR');
  });
});
