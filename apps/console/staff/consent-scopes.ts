// What a clause needs consent for, as its agreement says: of that a request is made.
import type { Visit } from '../shell/visit.ts';
import type { ConsentScope } from './known.ts';

interface Flow {
  readonly id: string;
  readonly share: readonly { readonly category?: string; readonly consent?: string }[];
  readonly for: readonly string[];
}
interface Agreement {
  readonly document: { readonly flows: readonly Flow[] };
}

/** As `protocol@version#clause`. */
const CLAUSE = /^([a-z0-9-]+)@(\d+)#(.+)$/;

/** Without what is not of such a form, or names no kind of data. */
export const scopesOf = async (visit: Visit, clauses: readonly string[]): Promise<ReadonlyMap<string, ConsentScope>> => {
  const found = await Promise.all(
    clauses.map(async (clause) => {
      const [, protocol, version, name] = CLAUSE.exec(clause) ?? [];
      if (protocol === undefined) return [];
      const agreement = await visit.ask<Agreement>(`/v1/protocols/${protocol}/${version}`);
      const flow = agreement.document.flows.find(({ id }) => id === name);
      const categories = [...new Set((flow?.share ?? []).flatMap(({ category }) => category ?? []))];
      return flow === undefined || categories.length === 0 ? [] : [[clause, { protocol, purposes: flow.for, categories }] as const];
    }),
  );
  return new Map(found.flat());
};
