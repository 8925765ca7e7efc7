// Which consents given and withdrawn in one message stand or fall together: those of one learner and protocol (sharing-matrix.md, W5).
import type { CloudEvent } from '#catalogue';
import { type Consent, consentOwner } from '#consent';
import { type FileStanding, standingOf, whomItMeans } from '#learner-file';
import { mayLookUp } from './sender-standing.ts';
import { type JudgedEvent, lookupOf, type Session } from './session.ts';

const GIVEN = 'uk.concordat.consent.given.v1';
const WITHDRAWN = 'uk.concordat.consent.withdrawn.v1';

/** A consent given or withdrawn, with what it is bound to others of the message by: the learner and the protocol. */
export interface Bound {
  readonly place: number;
  readonly type: string;
  readonly subject: string;
  /** Undefined: it names none, or what it withdraws is not known, so it may be of any protocol. */
  readonly protocol: string | undefined;
}

export const bundlesIn = (session: Session, judged: readonly JudgedEvent[]): readonly (readonly Bound[])[] => {
  const types = new Set(judged.map(({ form }) => form.envelope?.type));
  if (!types.has(GIVEN) || !types.has(WITHDRAWN)) return [];
  const bound = judged.flatMap((one, place) => boundAs(session, one, place));
  const bySubject = [...Map.groupBy(bound, ({ subject }) => subject).values()];
  return bySubject
    .flatMap(byProtocol)
    .filter((bundle) => bundle.some(({ type }) => type === GIVEN) && bundle.some(({ type }) => type === WITHDRAWN));
};

const byProtocol = (bound: readonly Bound[]): readonly (readonly Bound[])[] => {
  const protocols = new Set(bound.flatMap(({ protocol }) => protocol ?? []));
  return [...protocols].map((protocol) => bound.filter((one) => one.protocol === undefined || one.protocol === protocol));
};

/** Also where it is malformed: what is withdrawn for a consent that cannot be recorded is not withdrawn. */
const boundAs = (session: Session, { form: { envelope: event } }: JudgedEvent, place: number): readonly Bound[] => {
  if (event?.subject === undefined || (event.type !== GIVEN && event.type !== WITHDRAWN)) return [];
  const { type, subject } = event;
  return [{ place, type, subject, protocol: type === GIVEN ? protocolGiven(event) : protocolWithdrawn(session, event) }];
};

const protocolGiven = ({ data: { protocol } }: CloudEvent): string | undefined => (typeof protocol === 'string' ? protocol : undefined);

/** Of the consent that it names, where that is recorded already. */
const protocolWithdrawn = (session: Session, event: CloudEvent): string | undefined => consentNamed(session, event)?.protocol;

/** Others' alone where they are looked up for the sender: else what becomes of its message would tell it of them (W2). */
const consentNamed = (session: Session, { subject = '', data }: CloudEvent): Consent | undefined => {
  const { agency } = session;
  const standing = standingMeant(session, subject);
  if (standing === undefined) return undefined;
  const sees = mayLookUp(standing, agency);
  const named = standing.file.consent.consents.filter(({ id, source }) => id === data['consentId'] && (sees || source === agency.slug));
  const owner = consentOwner({ source: agency.slug, data: data as never });
  return named.find(({ source }) => source === owner) ?? named[0];
};

const standingMeant = (session: Session, subject: string): FileStanding | undefined => {
  const look = lookupOf(session);
  const learner = whomItMeans(look, session.agency.slug, subject);
  return learner === undefined ? undefined : standingOf(look, learner);
};
