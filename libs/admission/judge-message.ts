// Judges the events of one message in their order. Consents given and withdrawn in one batch stand or fall
// together (sharing-matrix.md, W5).
import { type Bound, bundlesIn } from './consent-bundles.ts';
import { judgeEvent } from './judge-event.ts';
import type { JudgedEvent, Session } from './session.ts';
import type { Verdict } from './verdict.ts';

export const judgeMessage = (session: Session, judged: readonly JudgedEvent[]): readonly Verdict[] => {
  const { draft, recordedHere } = session;
  const bundles = bundlesIn(session, judged);
  const [goBack, before] = bundles.length === 0 ? [undefined, []] : [draft.checkpoint(), [...recordedHere]];
  const verdicts = judged.map((one) => judgeEvent(session, one));
  const refusals = refusalsFor(bundles, verdicts);
  if (!goBack || refusals.size === 0) return verdicts;
  goBack();
  recordedHere.clear();
  for (const [id, one] of before) recordedHere.set(id, one);
  return judged.map((one, place) => refusals.get(place) ?? judgeEvent(session, one));
};

/** By place: the refusal of the first of its bundle that is refused. */
const refusalsFor = (bundles: readonly (readonly Bound[])[], verdicts: readonly Verdict[]): ReadonlyMap<number, Verdict> =>
  new Map(
    bundles.flatMap((bundle) => {
      const refused = bundle.map(({ place }) => verdicts[place]).find((verdict) => verdict?.outcome === 'rejected');
      return refused ? bundle.map(({ place }) => [place, refused] as const) : [];
    }),
  );
