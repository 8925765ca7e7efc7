// Events about no learner: provision, vacancies, quotas, link advisers, and feedback that names nobody.
import { LINK_ADVISERS, evolveLinkAdvisers, planningStream } from '#learner-file';
import type { WellFormed } from './contribution-form.ts';
import { type Contributed, contributedEvent, headerOf } from './recording.ts';
import type { Session } from './session.ts';
import type { Verdict } from './verdict.ts';

/** An answer to a notice is about the learner whom the notice is about. */
export const isAboutNobody = ({ event, type }: Pick<WellFormed, 'event' | 'type'>): boolean =>
  event.subject === undefined && type.subject !== 'required' && type.short !== 'notice.acknowledged';

/** Sealed under the agency's key: a vacancy may be confidential, and an adviser's name is a person's. */
export const judgePlanning = (session: Session, contributed: Contributed): Verdict => {
  const { formed, judged, eventId } = contributed;
  const { type, event } = formed;
  const toRecord = {
    eventId,
    type: type.name,
    category: type.categoryOf(event.data),
    owner: `agency-${session.agency.slug}`,
    header: headerOf(session, judged),
    bytes: judged.event.bytes,
  };
  const { draft, streams, agency } = session;
  if (type.short === 'link-adviser.assigned' || type.short === 'link-adviser.confirmed') {
    draft.add(streams.linkAdvisers, LINK_ADVISERS, contributedEvent(session, toRecord), (links) =>
      evolveLinkAdvisers(links, agency.slug, event.data),
    );
  } else {
    const stream = planningStream(agency.slug);
    draft.add(streams.heads, stream, contributedEvent(session, toRecord), () => null);
  }
  return { outcome: 'accepted', eventId };
};
