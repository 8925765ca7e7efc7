import fc from 'fast-check';
import { MAX_DEPTH, parseStrictJson } from './strict-json.ts';

const parse = (text: string) => parseStrictJson(Buffer.from(text));
const faultOf = (text: string): string | undefined => {
  const parsed = parse(text);
  return parsed.ok ? undefined : parsed.error;
};

/** Written by hand from the tree, white space and escapes at random, so that members can stand twice. */
type Tree = string | number | boolean | null | readonly Tree[] | { readonly members: readonly (readonly [string, Tree])[] };
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.record({
      members: fc.array(fc.tuple(fc.oneof(fc.constantFrom('a', 'b', '__proto__', '', ':', '"', '\\', ',{['), fc.string()), tie('tree')), {
        maxLength: 4,
      }),
    }),
  ),
}));
const write = (value: Tree): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if ('members' in value) return `{ ${value.members.map(([name, member]) => `${JSON.stringify(name)} :${write(member)}`).join(' ,')}}`;
  return `[${value.map(write).join(', ')} ]`;
};
const hasEscapes = (value: Tree): boolean => {
  if (value === null || typeof value !== 'object') return false;
  if (!('members' in value)) return value.some(hasEscapes);
  return value.members.some(([name, member]) => JSON.stringify(name) !== `"${name}"` || hasEscapes(member));
};
const hasTwins = (value: Tree): boolean => {
  if (value === null || typeof value !== 'object') return false;
  if (!('members' in value)) return value.some(hasTwins);
  return new Set(value.members.map(([name]) => name)).size < value.members.length || value.members.some(([, member]) => hasTwins(member));
};

describe('strict JSON', () => {
  it('takes what JSON.parse takes, unless members share a name or escape it', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const text = write(value);
        if (hasEscapes(value)) expect(faultOf(text)).toBe('escaped-name');
        else if (hasTwins(value)) expect(faultOf(text)).toBe('duplicate-member');
        else expect(parse(text)).toMatchObject({ ok: true, value: { value: JSON.parse(text) as unknown } });
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const broken = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\a1 '), maxLength: 12 });
    fc.assert(
      fc.property(broken, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (!valid) expect(faultOf(text)).toMatch(/^(?:not-json|escaped-name)$/);
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['{"a":1,"a":2}', '[{"b":{"a":1,"a":1}}]', '{"__proto__":1,"__proto__":2}', '{"":1,"":1}', '{"a":{"x":1},"a":[]}'])(
    'refuses twin members: %s',
    (text) => expect(faultOf(text)).toBe('duplicate-member'),
  );

  it.each([
    '',
    ' ',
    '{',
    '{"a":1',
    "{'a':1}",
    '{"a":1,}',
    '[1,]',
    'NaN',
    '01',
    '{"a" 1}',
    '"\t"',
    '{"a":1}{"b":1}',
    '\ufeff{}',
    '{"a":1e999}',
    '["\\ud800"]',
  ])('refuses what is no I-JSON: %j', (text) => expect(faultOf(text)).toBe('not-json'));

  it.each(['{"a":1,"\\u0061":2}', '{"\\"":1}', '[{"a":{"\\u0062" :1}}]', '{"a\\\\":"b"}'])('refuses escapes in names: %s', (text) => {
    expect(faultOf(text)).toBe('escaped-name');
  });

  it.each(['{"a":"\\"","b":"\\\\"}', '["\\n",{"a":"\\u0061"}]', '{"a:":1}'])('takes escapes elsewhere: %s', (text) => {
    expect(parse(text)).toMatchObject({ ok: true, value: { value: JSON.parse(text) as unknown } });
  });

  it.each([
    ['9007199254740991', true],
    ['-9007199254740991', true],
    ['0.1', true],
    ['9007199254740992', false],
    ['{"a":[-90071992547409931]}', false],
    ['1e300', false],
  ])('tells whether integers are exact: %s', (text, exact) => expect(parse(text)).toMatchObject({ ok: true, value: { exact } }));

  it('takes escaped pairs of surrogates', () => {
    expect(parse('"\\ud83d\\ude00"')).toMatchObject({ ok: true, value: { value: '😀' } });
  });

  it.each(['22ff22', '22c0af22', '22eda08022', '22f490808022', '22e282'])('refuses bytes that are no UTF-8: %s', (hex) => {
    expect(parseStrictJson(Buffer.from(hex, 'hex'))).toEqual({ ok: false, error: 'not-json' });
  });

  it('refuses depth beyond its limit, and does so without recursion', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(faultOf(nested(MAX_DEPTH))).toBeUndefined();
    expect(faultOf(nested(MAX_DEPTH + 1))).toBe('too-deep');
    expect(faultOf('{"a":'.repeat(100_000))).toBe('too-deep');
  });

  it('reads long strings as it reads short ones', () => {
    const part = fc.constantFrom('\\"', '\\\\', '\n', 'x', ':', '{', 'y'.repeat(47), 'z'.repeat(48), 'é'.repeat(100));
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const value = texts.map((one, n) => ({ [`name${n}`]: one, list: [one] }));
        expect(parse(JSON.stringify(value))).toMatchObject({
          ok: true,
          value: { value, outline: { members: 2 * texts.length, depth: 3, commas: { length: texts.length - 1 } } },
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to the text, whatever stands in its strings', () => {
    for (const unit of ['\\"', '\\n', `${'x'.repeat(48)}\\"`, `${'x'.repeat(60)}\\n`]) {
      const began = performance.now();
      expect(faultOf(`["${unit.repeat(1_000_000 / unit.length)}"]`)).toBeUndefined();
      expect(performance.now() - began).toBeLessThan(2000);
    }
  });

  it('touches no prototype', () => {
    const parsed = parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}');
    const value = parsed.ok ? (parsed.value.value as Record<string, unknown>) : {};
    expect(value['admin']).toBeUndefined();
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
