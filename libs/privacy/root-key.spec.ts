import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRootKey } from './root-key.ts';

const encoded = Buffer.alloc(32, 0xa5).toString('base64url');
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'root-key-'));
  file = join(folder, 'root.key');
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytesOf = (source: Parameters<typeof loadRootKey>[0]): string => loadRootKey(source).export().toString('base64url');

describe('the root key', () => {
  it('comes from the environment before the file', () => {
    writeFileSync(file, Buffer.alloc(32, 1).toString('base64url'), { mode: 0o600 });
    expect(bytesOf({ encoded, file, create: false })).toBe(encoded);
  });

  it('comes from the file', () => {
    writeFileSync(file, `${encoded}\n`, { mode: 0o600 });
    expect(bytesOf({ file, create: false })).toBe(encoded);
  });

  it('is made where that is allowed, for its owner alone, and stays', () => {
    const made = bytesOf({ file, create: true });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(bytesOf({ file, create: true })).toBe(made);
    expect(readFileSync(file, 'latin1')).toBe(`${made}\n`);
    expect(readdirSync(folder)).toEqual(['root.key']);
  });

  it('is not made where that is not allowed', () => {
    expect(() => loadRootKey({ file, create: false })).toThrow(
      expect.objectContaining({ code: 'missing', message: expect.stringContaining('set CONCORDAT_ROOT_KEY or put 32 bytes as base64url') }),
    );
  });

  it.each([0o640, 0o604, 0o660, 0o777])('is refused from a file that others may use: mode %o', (mode) => {
    writeFileSync(file, encoded);
    chmodSync(file, mode);
    expect(() => loadRootKey({ file, create: true })).toThrow(
      expect.objectContaining({
        code: 'readable-by-others',
        message: expect.stringMatching(/has mode \d+: others may use it\. Run chmod 600/),
      }),
    );
  });

  it.each(['', 'short', `${encoded}=`, encoded.slice(1), `${encoded.slice(0, -1)}V`, ` ${encoded}`])(
    'is refused when malformed: %j',
    (text) => {
      expect(() => loadRootKey({ encoded: text, file, create: false })).toThrow(
        expect.objectContaining({ code: 'malformed', message: expect.stringContaining('CONCORDAT_ROOT_KEY') }),
      );
      writeFileSync(file, text, { mode: 0o600 });
      expect(() => loadRootKey({ file, create: false })).toThrow(expect.objectContaining({ code: 'malformed' }));
    },
  );

  it('is refused where it cannot be read, without a word of its content', () => {
    expect(() => loadRootKey({ file: join(folder, '.'), create: false })).toThrow(expect.objectContaining({ name: 'RootKeyError' }));
  });
});
