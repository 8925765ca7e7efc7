// What is kept from a learner for now, for data protection officers: by whom, on which ground and until when (console.md, 4.4); nothing of
// what it says.
import { londonDate } from '#kernel';
import { openContribution } from '#learner-file';
import { withholdingsIn } from '#learner-record';
import { keysOf } from '#privacy';
import type { GateParts } from '../gate-parts.ts';
import type { ConsentsKnown } from './audit-consents.ts';
import { shortTypeOf } from './decisions-seen.ts';
import { isForOfficer, storedByPlace, type WithheldItem } from './learner-overview.ts';

/** Those of all agencies that count, the soonest to end first; to an agency's officer its own. */
export const withheldItems = async ({ vault, clock }: GateParts, known: ConsentsKnown): Promise<readonly WithheldItem[]> => {
  const stored = storedByPlace(known);
  const standing = withholdingsIn(known.known.file.record, londonDate(clock.now())).flatMap(({ of, stated, source, until }) => {
    const [item, said] = [stored.get(of), stored.get(stated)];
    return item && said && isForOfficer(known, { source, revision: stated }) ? [{ item, said, source, until }] : [];
  });
  const keys = await keysOf(
    vault,
    standing.map(({ said }) => said),
  );
  return standing
    .map(({ item, said, source, until }) => {
      const ground = openContribution(said, keys)?.event?.data?.['ground'];
      return {
        ...{ type: shortTypeOf(item.type), category: item.meta.category ?? '', position: item.position, source },
        ...{ statedAt: said.recordedAt, until, ...(typeof ground === 'string' && { ground }) },
      };
    })
    .toSorted((one, other) => (one.until < other.until ? -1 : Number(one.until > other.until)));
};
