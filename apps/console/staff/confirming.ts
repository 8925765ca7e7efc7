// Who may confirm that somebody works with a learner, by name (views.md, D0): the parties that an agreement lets vouch for others.
import { staffOf } from '../entry/entering.ts';
import type { Visit } from '../shell/visit.ts';
import { listed } from './words.ts';

interface Party {
  readonly agency: string;
  readonly roles: readonly string[];
  readonly leftOn: string | null;
}
interface Listed {
  readonly protocols: readonly { readonly status: string; readonly parties: readonly Party[] }[];
}

const VOUCHERS: readonly string[] = ['connexions', 'local-authority'];

/** As "Connexions North or City Council"; without one's own agency, whose word about itself is none. */
export const confirmingFor = async (visit: Visit): Promise<string> => {
  const { agency } = staffOf(visit);
  const { protocols } = await visit.ask<Listed>('/v1/protocols');
  const parties = protocols.filter(({ status }) => status === 'in-force' || status === 'review-due').flatMap((one) => one.parties);
  const vouching = parties.filter(({ roles, leftOn }) => leftOn === null && roles.some((role) => VOUCHERS.includes(role)));
  const names = new Set(vouching.map((party) => party.agency).filter((slug) => slug !== agency));
  return names.size === 0 ? 'a careers service or local authority' : listed([...names].sort().map(visit.nameOf));
};
