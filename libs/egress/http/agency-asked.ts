// Which agency an officer asks about: of one agency's officer, that one.
import { agencyOfOffice, type OfficeAsker } from '#access';
import { Problem } from '#http';
import { type AgencySlug, isAgencySlug } from '#kernel';

const invalid = (says: string): Problem => new Problem(400, 'filter-invalid', says, { more: { parameter: 'agency' } });

/** Throws `Problem`: 400. */
export const agencyNamed = (text: string | undefined): AgencySlug | undefined => {
  if (text === undefined || isAgencySlug(text)) return text;
  throw invalid('agency takes the slug of an agency.');
};

/** An officer of one agency means that one, where no other is named; who oversees them all names one. Throws `Problem`. */
export const agencyFor = ({ office }: OfficeAsker, named: AgencySlug | undefined): AgencySlug => {
  const agency = named ?? agencyOfOffice(office);
  if (agency !== undefined) return agency;
  if (office !== 'dpo-partnership') throw othersAffair();
  throw invalid('agency says which one is meant: the slug of an agency.');
};

export const isOthers = ({ office }: OfficeAsker, agency: AgencySlug): boolean => {
  const own = agencyOfOffice(office);
  return own !== undefined && own !== agency;
};

/** Whoever the learner is, known or not. */
export const othersAffair = (): Problem =>
  new Problem(403, 'not-permitted', 'An officer of one agency asks about that agency; the partnership’s officer asks about all.', {
    more: { clauses: [] },
  });
