import fc from 'fast-check';
import { parseShippedEnvelope } from './catalogue.ts';
import { parseSubject } from './envelope.ts';

const event = {
  specversion: '1.0',
  id: 'cx-17',
  source: 'urn:concordat:agency:connexions-north',
  type: 'uk.concordat.referral.accepted.v1',
  subject: 'uln:9276308686',
  time: '2026-01-12T09:00:00.000Z',
  datacontenttype: 'application/json',
  data: { referralId: 'r-1' },
};
const NOW = Date.parse('2026-01-12T12:00:00Z');
const pointers = (value: unknown): readonly string[] => {
  const result = parseShippedEnvelope(value, NOW);
  return result.ok ? [] : result.faults.map((fault) => fault.pointer);
};
const nested = (levels: number): unknown => (levels === 1 ? {} : { in: nested(levels - 1) });

/** Of which each makes an id look like `A-17`, or like another with a blank in it. */
const UNSEEN = [
  ...[0x09, 0x0a, 0x0d, 0x85, 0xa0, 0xad, 0x1680, 0x2000, 0x2007, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
  ...[0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202e, 0x2060, 0x2066, 0xfeff, 0xfff9, 0xe0001, 0xe0041],
  ...[0x301, 0x308, 0x34f, 0x20dd, 0xfe0f, 0xe0100, 0x180b, 0x115f, 0x1160, 0x2800, 0x3164, 0xffa0],
].map((code) => String.fromCodePoint(code));

describe('parseEnvelope', () => {
  it('returns a faultless event as it is, unknown attributes included', () => {
    const extended = { ...event, traceparent: '00-ab-cd-01', attempt: 2, urgent: true };
    const result = parseShippedEnvelope(extended, NOW);
    expect(result).toEqual({ ok: true, event: extended });
  });

  it.each(['specversion', 'id', 'source', 'type', 'time', 'data'])('wants %s', (name) => {
    expect(pointers({ ...event, [name]: undefined })).toContain(`/${name}`);
    expect(pointers({ ...event, [name]: null })).toContain(`/${name}`);
  });

  it.each([
    ['specversion', '0.3'],
    ['specversion', 1],
    ['id', ''],
    ['id', 17],
    ['id', 'x'.repeat(256)],
    ['id', 'a\nb'],
    ['id', '\ud800'],
    ['id', ' cx-17'],
    ['id', 'cx-17\u00a0'],
    ['id', 'cx\u200b-17'],
    ['source', 'connexions-north'],
    ['source', 'urn:concordat:agency:'],
    ['source', 'urn:concordat:agency:North'],
    ['source', 'urn:concordat:broker:main'],
    ['type', ''],
    ['type', {}],
    ['time', '2026-01-12T09:00:00'],
    ['time', '2026-01-12'],
    ['time', 1768208400000],
    ['time', '1999-12-31T23:59:59Z'],
    ['time', '2026-01-12T12:05:01Z'],
    ['time', '2999-01-01T00:00:00Z'],
    ['datacontenttype', 'text/xml'],
    ['datacontenttype', 7],
    ['dataschema', ''],
    ['subject', ''],
    ['subject', 'uln:927630868'],
    ['subject', 'uln:92763086861'],
    ['subject', 'local:'],
    ['subject', `local:${'x'.repeat(101)}`],
    ['subject', 'local:a\u0000b'],
    ['subject', 'local: A17'],
    ['subject', 'local:A17 '],
    ['subject', 'local:A\u200d17'],
    ['subject', 'Aisha Baker'],
    ['data', []],
    ['data', 'text'],
  ])('refuses %s %j', (name, value) => expect(pointers({ ...event, [name]: value })).toContain(`/${name}`));

  it.each([
    ['id', 'x'.repeat(255)],
    ['id', '😀'.repeat(255)],
    ['datacontenttype', 'application/json; charset=utf-8'],
    ['datacontenttype', null],
    ['subject', 'local:A 17/é'],
    ['subject', `local:${'😀'.repeat(100)}`],
    ['time', '2026-01-12T09:00:00+01:00'],
    ['time', '2026-01-12T12:05:00Z'],
    ['time', '2000-01-01T00:00:00Z'],
    ['type', 'uk.concordat.learner.teleported.v1'],
  ])('accepts %s %j', (name, value) => expect(pointers({ ...event, [name]: value })).toEqual([]));

  it('refuses an id, and a local id, in which there is what cannot be seen, wherever', () => {
    for (const unseen of [...UNSEEN])
      for (const id of [`${unseen}A-17`, `A-${unseen}17`, `A-17${unseen}`]) {
        expect([JSON.stringify(id), pointers({ ...event, id })]).toEqual([JSON.stringify(id), ['/id']]);
        expect([JSON.stringify(id), pointers({ ...event, subject: `local:${id}` })]).toEqual([JSON.stringify(id), ['/subject']]);
      }
    for (const id of [' A-17', 'A-17 ', ' '])
      expect([pointers({ ...event, id }), pointers({ ...event, subject: `local:${id}` })]).toEqual([['/id'], ['/subject']]);
    for (const id of ['A-17', 'A 17', 'A  17', 'Zoë/17', '学生-17', '😀'])
      expect(pointers({ ...event, id, subject: `local:${id}` })).toEqual([]);
  });

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-01-12T09:00:60Z'])(
    'refuses the time %s',
    (time) => {
      expect(pointers({ ...event, time })).toEqual(['/time']);
    },
  );

  it('treats an attribute that is null as absent', () => {
    const result = parseShippedEnvelope({ ...event, type: 'uk.concordat.target.set.v1', subject: null, traceparent: null }, NOW);
    expect(result.ok && Object.keys(result.event)).toEqual(['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'data']);
  });

  it.each([[undefined], [null], ['text'], [[event]], [7]])('refuses %j, which is no object', (value) =>
    expect(pointers(value)).toEqual(['']),
  );

  it('refuses data_base64, attribute names that CloudEvents does not allow, and structured attributes', () => {
    expect(pointers({ ...event, data_base64: 'e30=' })).toEqual(['/data_base64']);
    for (const name of ['traceParent', 'trace-parent', '', '__proto__'])
      expect(pointers(JSON.parse(JSON.stringify(event).replace('{', `{"${name}":1,`)))).toEqual(['']);
    for (const value of [{}, [], 'a\u0007b', Number.POSITIVE_INFINITY, 2 ** 53]) expect(pointers({ ...event, extra: value })).toEqual(['']);
  });

  it('wants a subject where the type is about a learner, none where it is not, and leaves feedback free', () => {
    const { subject, ...withoutSubject } = event;
    expect(pointers(withoutSubject)).toEqual(['/subject']);
    expect(pointers({ ...event, type: 'uk.concordat.vacancy.listed.v1' })).toEqual(['/subject']);
    expect(pointers({ ...withoutSubject, type: 'uk.concordat.vacancy.listed.v1' })).toEqual([]);
    for (const free of [{ subject }, {}])
      expect(pointers({ ...withoutSubject, ...free, type: 'uk.concordat.feedback.given.v1' })).toEqual([]);
    expect(pointers({ ...withoutSubject, type: 'uk.concordat.learner.teleported.v1' })).toEqual([]);
  });

  it('allows data twelve levels deep', () => {
    expect(pointers({ ...event, data: nested(12) })).toEqual([]);
    expect(pointers({ ...event, data: nested(13) })).toEqual(['/data']);
    expect(pointers({ ...event, data: JSON.parse(`{"in":${'['.repeat(100_000)}${']'.repeat(100_000)}}`) })).toEqual(['/data']);
  });

  it.each([['a\u0000b'], ['\udfff'], [Number.POSITIVE_INFINITY], [2 ** 53], [-(2 ** 53)], [1e300]])(
    'refuses data with %j, which has no canonical form or cannot be stored',
    (value) => {
      expect(pointers({ ...event, data: { referralId: [value] } })).toEqual(['/data']);
    },
  );

  it('allows data with the largest safe integer, and with fractions', () => {
    expect(pointers({ ...event, data: { referralId: [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0.1] } })).toEqual([]);
  });

  it('never throws, and never repeats what was sent', () => {
    const secret = 'Zephaniah7';
    const value = fc.oneof(fc.anything(), fc.constantFrom(secret, { [secret]: secret }, [secret]));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(event), secret, 'extra'), value, (name, changed) => {
        const result = parseShippedEnvelope({ ...event, [name]: changed }, NOW);
        expect(JSON.stringify(result.ok ? [] : result.faults)).not.toContain(secret);
      }),
    );
  });
});

describe('parseSubject', () => {
  it('tells a ULN from a local id', () => {
    expect(parseSubject('uln:9276308686')).toEqual({ kind: 'uln', uln: '9276308686' });
    expect(parseSubject('local:uln:7')).toEqual({ kind: 'local', localId: 'uln:7' });
  });
});
