import { Upcasts, type Upcast } from './upcast.ts';

// A made-up history of one type: 1 had a single name, 2 split it, 3 gave dates a zone.
const TYPE = 'uk.concordat.example.made.v1';
const history: readonly Upcast[] = [
  {
    type: TYPE,
    schema: 1,
    up: (payload) => {
      const { name, ...rest } = payload as { name: string };
      const [givenName, familyName] = name.split(' ');
      return { ...rest, givenName, familyName };
    },
  },
  { type: TYPE, schema: 2, up: (payload) => ({ ...(payload as { on: string }), on: `${(payload as { on: string }).on}T00:00:00Z` }) },
];
// Golden: as the releases of each schema stored it.
const stored = [
  [1, '{"name":"Maya Gill","on":"2025-03-01"}'],
  [2, '{"givenName":"Maya","familyName":"Gill","on":"2025-03-01"}'],
  [3, '{"givenName":"Maya","familyName":"Gill","on":"2025-03-01T00:00:00Z"}'],
] as const;
const latest = { givenName: 'Maya', familyName: 'Gill', on: '2025-03-01T00:00:00Z' };

describe('upcasting', () => {
  it.each(stored)('reads a payload of schema %i in the latest shape', (schema, json) => {
    expect(new Upcasts(history).decode(TYPE, schema, Buffer.from(json))).toEqual(latest);
    expect(new Upcasts(history).latest(TYPE, { schema, payload: JSON.parse(json) })).toEqual({ schema: 3, payload: latest });
  });

  it('does not depend on the order in which the steps are named', () => {
    expect(new Upcasts(history.toReversed()).decode(TYPE, 1, Buffer.from(stored[0][1]))).toEqual(latest);
  });

  it('leaves other types, and newer schemas, as they are', () => {
    const upcasts = new Upcasts(history);
    expect(upcasts.latest('uk.concordat.other.made.v1', { schema: 1, payload: 5 })).toEqual({ schema: 1, payload: 5 });
    expect(upcasts.latest(TYPE, { schema: 9, payload: 5 })).toEqual({ schema: 9, payload: 5 });
  });

  it('reads bytes that lie within others', () => {
    const bytes = Buffer.from('....{"a":1}....').subarray(4, 11);
    expect(new Upcasts([]).decode(TYPE, 1, bytes)).toEqual({ a: 1 });
  });

  it('refuses two steps from one version, and payloads that are no JSON', () => {
    expect(() => new Upcasts([...history, { type: TYPE, schema: 2, up: (payload) => payload }])).toThrow(`Two upcasts take ${TYPE}@2.`);
    expect(() => new Upcasts([]).decode(TYPE, 1, Buffer.from('{'))).toThrow(SyntaxError);
  });
});
