// Whether an agency takes part: suspended, let go, readmitted. What is so already is not recorded again.
import { accept, type AgencySlug, reject } from '#kernel';
import { type AgencyDecision, unknownAgency } from './agencies.decide.ts';
import type { AgencyPartChanged } from './agencies.events.ts';
import { type AgenciesState, type Agency, isInForce, stateOf } from './agencies.ts';

const onAgency = (slug: AgencySlug, state: AgenciesState, decide: (agency: Agency) => AgencyDecision): AgencyDecision => {
  const agency = state.bySlug.get(slug);
  return agency === undefined ? unknownAgency(slug) : decide(agency);
};

export const decideSuspendAgency = (data: AgencyPartChanged, state: AgenciesState): AgencyDecision =>
  onAgency(data.slug, state, (agency) => {
    const { slug } = data;
    if (stateOf(agency) === 'suspended') return accept();
    if (stateOf(agency) === 'ended')
      return reject({
        code: 'agency-ended',
        says: `${slug} has been let go, which goes further: readmit it first if it is only to be suspended.`,
      });
    return accept({ type: 'uk.concordat.agency.suspended.v1', data });
  });

export const decideEndAgency = (data: AgencyPartChanged, state: AgenciesState): AgencyDecision =>
  onAgency(data.slug, state, (agency) => (stateOf(agency) === 'ended' ? accept() : accept({ type: 'uk.concordat.agency.ended.v1', data })));

/** Only with a key in force: without one it could neither send nor ask. */
export const decideReadmitAgency = (data: AgencyPartChanged, state: AgenciesState): AgencyDecision =>
  onAgency(data.slug, state, (agency) => {
    if (stateOf(agency) === 'taking-part') return accept();
    const { slug, at } = data;
    const signs = agency.keys.some((key) => key.use === 'sig' && isInForce(key, at));
    if (!signs)
      return reject({
        code: 'no-key-in-force',
        says: `${slug} has no signing key in force: register a new one with \`concordat agency rotate ${slug}\`, then readmit it.`,
      });
    return accept({ type: 'uk.concordat.agency.readmitted.v1', data });
  });
