// Asks the rules that judge a contribution about a known learner: consent by the consent rules, all else by the record's.
import { decideConsent, isConsentType } from '#consent';
import type { Contribution } from '#contribution';
import { londonDate } from '#kernel';
import type { FileStanding } from '#learner-file';
import { decideRecord, isRecordType, type Knowledge, type KnownItem, type RecordOutcome } from '#learner-record';
import { decideDisclosure, type Question, type Route } from '#sharing-protocols';
import { namesOwnEvent, ownEventNamed } from './own-event-named.ts';
import { mayLookUp } from './sender-standing.ts';
import type { Session } from './session.ts';

/** What they come to against what is recorded, as far as the sender may look. */
export const outcomeOf = (session: Session, contribution: Contribution, standing: FileStanding): RecordOutcome => {
  const { type } = contribution;
  const looked = mayLookUp(standing, session.agency);
  if (isConsentType(type)) {
    const view = { state: standing.file.consent, grounds: standing.grounds, mayLookUp: looked };
    return decideConsent({ ...contribution, type } as Parameters<typeof decideConsent>[0], view);
  }
  if (namesOwnEvent(contribution)) return ownEventNamed(session, contribution, standing.file);
  if (!isRecordType(type)) throw new Error(`No rule judges ${type}.`);
  const view = {
    state: standing.file.record,
    counts: (said: Parameters<FileStanding['counts']>[0]) => standing.counts(said),
    mayLookUp: looked,
  };
  return decideRecord({ ...contribution, type } as Parameters<typeof decideRecord>[0], { ...view, ...knowledgeOf(session, standing) });
};

/** On which routes one may come to know of an item; aggregates tell of nobody. */
const TELLING: readonly Route[] = ['learner', 'feed', 'list'];

/**
 * Signing off, following up and reviewing programmes is the careers service's task, so it may name any programme of a learner it works
 * with.
 */
const isToSignOff = ({ roles }: Session['agency'], { type }: KnownItem): boolean =>
  type === 'programme.started' && roles.includes('connexions');

/** "May know" ignores the purpose (contracts.md): any clause that shows the item, or that it exists. */
const knowledgeOf = ({ agency, inForce, at }: Session, standing: FileStanding): Knowledge => {
  const question: Omit<Question, 'item' | 'route' | 'relationships'> = {
    recipient: agency.slug,
    purposes: 'any',
    learner: standing.terms,
    today: londonDate(at),
    referred: standing.referredBy(agency.slug),
  };
  const levels = (item: KnownItem) =>
    TELLING.flatMap((route) => {
      const confirmed = standing.counts(item);
      const relationships = standing.bitsFor(agency.slug, item);
      const decision = decideDisclosure(inForce.decisions, { ...question, relationships, item: { ...item, confirmed }, route });
      return decision.permit ? [decision.level] : [];
    });
  return {
    mayKnow: (item) => isToSignOff(agency, item) || levels(item).length > 0,
    maySee: (item) => levels(item).some((level) => level !== 'existence'),
  };
};
