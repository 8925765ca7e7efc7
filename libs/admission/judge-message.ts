// Judges the events of one message in their order. Consents given and withdrawn in one batch stand or fall together (sharing-matrix.md, W5).
import type { CloudEvent } from '#catalogue';
import { consentOwner } from '#consent';
import { NotLoaded, standingOf, whomItMeans } from '#learner-file';
import { judgeEvent, type RecordedHere } from './judge-event.ts';
import { mayLookUp } from './sender-standing.ts';
import { type JudgedEvent, lookOf, type Session } from './session.ts';
import type { Verdict } from './verdict.ts';

/** Takes a verdict, or notes what has to be loaded first. */
export type Take = (judge: () => Verdict) => Verdict;

const GIVEN = 'consent.given';
const WITHDRAWN = 'consent.withdrawn';

/** A consent given or withdrawn, with what it is bound to others of the message by: the learner and the protocol. */
interface Bound {
  readonly place: number;
  readonly type: string;
  readonly subject: string;
  /** Undefined: what it withdraws is not known, so it may be of any protocol. */
  readonly protocol: string | undefined;
}

export const judgeMessage = (session: Session, judged: readonly JudgedEvent[], recordedHere: RecordedHere, take: Take): readonly Verdict[] => {
  const bundles = bundlesIn(session, judged);
  const [goBack, before] = bundles.length === 0 ? [undefined, []] : [session.draft.checkpoint(), [...recordedHere]];
  const verdicts = judged.map((one) => take(() => judgeEvent(session, one, recordedHere)));
  const refusals = refusalsFor(bundles, verdicts);
  if (!goBack || refusals.size === 0) return verdicts;
  goBack();
  recordedHere.clear();
  for (const [id, one] of before) recordedHere.set(id, one);
  return judged.map((one, place) => refusals.get(place) ?? take(() => judgeEvent(session, one, recordedHere)));
};

/** By place: the refusal of the first of its bundle that is refused. */
const refusalsFor = (bundles: readonly (readonly Bound[])[], verdicts: readonly Verdict[]): ReadonlyMap<number, Verdict> =>
  new Map(
    bundles.flatMap((bundle) => {
      const refused = bundle.map(({ place }) => verdicts[place]).find((verdict) => verdict?.outcome === 'rejected');
      return refused ? bundle.map(({ place }) => [place, refused] as const) : [];
    }),
  );

const bundlesIn = (session: Session, judged: readonly JudgedEvent[]): readonly (readonly Bound[])[] => {
  const types = new Set(judged.map(shortOf));
  if (!types.has(GIVEN) || !types.has(WITHDRAWN)) return [];
  const bound = judged.flatMap((one, place) => boundAs(session, one, place));
  const bySubject = [...Map.groupBy(bound, ({ subject }) => subject).values()];
  return bySubject.flatMap(byProtocol).filter((bundle) => bundle.some(({ type }) => type === GIVEN) && bundle.some(({ type }) => type === WITHDRAWN));
};

const byProtocol = (bound: readonly Bound[]): readonly (readonly Bound[])[] => {
  const protocols = new Set(bound.flatMap(({ protocol }) => protocol ?? []));
  return [...protocols].map((protocol) => bound.filter((one) => one.protocol === undefined || one.protocol === protocol));
};

const shortOf = ({ form }: JudgedEvent): string | undefined => form.formed?.type.short;

const boundAs = (session: Session, judged: JudgedEvent, place: number): readonly Bound[] => {
  const type = shortOf(judged);
  const event = judged.form.formed?.event;
  if (event?.subject === undefined || (type !== GIVEN && type !== WITHDRAWN)) return [];
  return [{ place, type, subject: event.subject, protocol: type === GIVEN ? String(event.data['protocol']) : protocolWithdrawn(session, event) }];
};

/** Of the consent that it names, where that is recorded already; another's only for whoever may look it up, since what binds shows in receipts. */
const protocolWithdrawn = (session: Session, { subject = '', data }: CloudEvent): string | undefined => {
  const { agency } = session;
  try {
    const look = lookOf(session);
    const learner = whomItMeans(look, agency.slug, subject);
    const standing = learner === undefined ? undefined : standingOf(look, learner);
    if (standing === undefined) return undefined;
    const owner = consentOwner({ source: agency.slug, data: data as never });
    const shown = mayLookUp(standing, agency);
    const named = standing.file.consent.consents.filter(({ id, source }) => id === data['consentId'] && (shown || source === agency.slug));
    return (named.find(({ source }) => source === owner) ?? named[0])?.protocol;
  } catch (cause) {
    // Judging meets the same and has it loaded: then it begins anew.
    if (cause instanceof NotLoaded) return undefined;
    throw cause;
  }
};
