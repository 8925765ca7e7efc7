// How a learner's file is packed: what many files say, and nobody is known by, need not be said by each.
import { type Held, type Packing, packingOf } from '#unit-of-work';
import type { LearnerFile } from './learner-file.ts';
import { learnerOfStream } from './stream-names.ts';

/** Slugs, roles, codes, names in protocols, and days that many have in common. */
const WORDS = [
  ...['founder', 'knownTo', 'ulnFrom', 'sources', 'source', 'agencies', 'agency', 'to', 'recipient', 'recipients'],
  ...['role', 'kind', 'relationship', 'protocol', 'purposes', 'categories', 'reason', 'duty', 'action'],
  ...['startedOn', 'plannedEnd', 'lastOn', 'endedOn', 'validFrom', 'expires', 'day', 'due', 'on'],
];

export const filePacking = (): Packing<Held<LearnerFile>> => {
  const { pack, unpack } = packingOf<Held<Omit<LearnerFile, 'id'>>>({ words: WORDS, objects: ['heads'] });
  return {
    pack: ({ state: { id: _, ...state }, revision }) => pack({ state, revision }),
    unpack: (packed, stream) => {
      const { state, revision } = unpack(packed, stream);
      return { state: { id: learnerOfStream(stream) ?? '', ...state }, revision };
    },
  };
};
