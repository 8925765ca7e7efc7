// What a learner is expected to reach, who doubts it, and what was reached: in the list as in the document (views.md, S4).
import { endorsementOf, type EndorsementRow } from '../documents/index.ts';
import { chosenBy, compareDays, type RowAt, saidBy, type SeenItems } from '../lists/index.ts';

export const endorsementRow = (seen: SeenItems, at: RowAt): EndorsementRow | undefined => {
  const given = seen.at('endorsement.given', at.anchor);
  return given && saidBy(at.on)(given) ? endorsementOf(seen, given, at) : undefined;
};

export const isChosen = chosenBy<EndorsementRow>({
  state: ({ state }, value) => state === value,
  provider: ({ provider, queried }, value) => provider === value || queried.some(({ by }) => by === value),
});

/** What was given last first. */
export const endorsementOrder = (one: EndorsementRow, other: EndorsementRow): number => compareDays(other.givenOn, one.givenOn);
