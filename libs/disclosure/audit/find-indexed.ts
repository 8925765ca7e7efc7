// A consent's id and a member of staff where no learner is named: views propose of whom they may be, and nobody is recorded as looked at
// who makes nothing that whoever asks is told of (ADR 66).
import { agencyOfOffice } from '#access';
import { isAgencySlug, type LearnerId, londonDate } from '#kernel';
import type { GateParts } from '../gate-parts.ts';
import { consentsKnown } from './audit-consents.ts';
import { whoIsNow } from './audit-learner.ts';
import { type Candidate, consentCalled, staffCalled, type ToFind } from './find-candidate.ts';

/** As many are told; whoever means more asks for one of them by name. */
export const MOST_FOUND = 20;

const PARTNERSHIPS_CONSENTS = 100;
/** Few, since those that are no affair of the officer's are looked at too, and how long that takes is not to tell of them. */
const AGENCYS_CONSENTS = 8;

/** Whoever may not ask is refused, and learns nothing by how long that takes. */
const mayAsk = ({ asker: { office } }: ToFind): boolean => office === 'dpo-partnership' || agencyOfOffice(office) !== undefined;

export const indexed = async (parts: GateParts, asked: ToFind): Promise<readonly Candidate[]> => {
  const { query } = asked;
  if (!mayAsk(asked)) return [];
  const [ofConsents, ofStaff] = await Promise.all([withConsent(asked), lookedAtBy(parts, asked)]);
  return [
    ...(await thatMake(parts, asked, { learners: ofConsents, thing: consentCalled(query) })),
    ...(await thatMake(parts, asked, { learners: ofStaff, thing: staffCalled(query) })),
  ];
};

interface Proposals extends Pick<Candidate, 'thing'> {
  readonly learners: readonly LearnerId[];
}

/** One more than are told, so that it is known whether there are more. */
const thatMake = async (parts: GateParts, { asker }: ToFind, { learners, thing }: Proposals): Promise<readonly Candidate[]> => {
  const made: Candidate[] = [];
  for (const proposed of learners) {
    if (made.length > MOST_FOUND) return made;
    const learner = await whoIsNow(parts, proposed);
    const known = await consentsKnown(parts, asker, learner);
    if (known !== undefined && thing(known) !== undefined) made.push({ learner, thing });
  }
  return made;
};

/** As decisions name it, `source/id`, or the id alone. */
const withConsent = async ({ asker, query, index }: ToFind): Promise<readonly LearnerId[]> => {
  const own = agencyOfOffice(asker.office);
  const [source = '', ...rest] = query.split('/');
  const within = own === undefined ? { limit: PARTNERSHIPS_CONSENTS } : { limit: AGENCYS_CONSENTS, knownTo: own };
  const named = rest.length > 0 && isAgencySlug(source) ? await index.consents({ ...within, source, id: rest.join('/') }) : [];
  return named.length > 0 ? named : index.consents({ ...within, id: query });
};

/** To an officer of one agency, that agency's own. */
const lookedAtBy = async ({ registers, clock }: GateParts, { asker, query, index }: ToFind): Promise<readonly LearnerId[]> => {
  const own = agencyOfOffice(asker.office);
  const agencies = own === undefined ? registers.inForce(londonDate(clock.now())).agencies.map(({ slug }) => slug) : [own];
  const limit = MOST_FOUND + 1;
  const found = await Promise.all(agencies.map((agency) => index.lookedAt({ agency, staff: query, limit })));
  return [...new Set(found.flat())];
};
