import fc from 'fast-check';
import { entriesOf, type Head, initialRecord, textsBeyond, textsBeyondAt, withEntry } from './entries.ts';

const headOf = (type: string): Head => ({
  item: { type, category: 'programme', source: 'forge', facts: {} },
  of: undefined,
  apart: false,
});

/** Some begin others, and some are what another entry is about. */
const texts = fc.constantFrom('', 'a', 'ab', 'b', '1');
const said = fc.record({ type: fc.constantFrom('review.held', 'programme.started'), id: texts, related: texts });

it('those of an id are those that have it, whatever else is written there', () => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 8 }), fc.constantFrom('a', 'ab', 'b', '1'), (all, id) => {
      const record = all.reduce(
        (state, { type, id: own, related }, revision) => withEntry(state, headOf(type), { revision, at: 1 }, [own, related]),
        initialRecord,
      );
      const types = ['review.held'];
      expect(entriesOf(record, types, id)).toEqual(entriesOf(record, types).filter((entry) => entry.id === id));
    }),
  );
});

it('those at some places are the same as among all of their types, the last first', () => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 8 }), fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 4 }), (all, places) => {
      const record = all.reduce(
        (state, { type, id, related }, revision) => withEntry(state, headOf(type), { revision, at: 1 }, [id, related, '', '', 'more']),
        initialRecord,
      );
      const [types, wanted] = [new Set(['review.held']), new Set(places)];
      const among = textsBeyond(record, types).filter(({ mark: { revision } }) => wanted.has(revision));
      expect(textsBeyondAt(record, types, wanted)).toEqual(among.toReversed());
    }),
  );
});
