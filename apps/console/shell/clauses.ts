// Clauses by which something would be shown, as their agreements say them (console.md, 3: a refusal names them).
import type { Visit } from './visit.ts';

export interface NamedClause {
  readonly name: string;
  /** Of its agreement. */
  readonly title: string;
  /** What it lets whom see; as the broker names it where its agreement cannot be read. */
  readonly says: string;
  readonly href?: string;
  /** For which it is let be seen. */
  readonly purposes?: readonly string[];
}

interface Flow {
  readonly id: string;
  readonly says: string;
  /** Purposes. */
  readonly for: readonly string[];
}

interface Agreement {
  readonly title: string;
  readonly document: { readonly flows: readonly Flow[] };
}

/** As `protocol@version#clause`. */
const NAMED = /^([a-z0-9-]+)@(\d+)#([A-Za-z0-9-]+)$/;

const pathOf = (id: string, version: string): string => `/v1/protocols/${id}/${version}`;

/** In the order in which they come. */
export const clausesIn = async (visit: Visit, clauses: readonly string[]): Promise<readonly NamedClause[]> => {
  const named = clauses.map((clause) => NAMED.exec(clause) ?? [clause]);
  const paths = [...new Set(named.flatMap(([, id, version]) => (id === undefined || version === undefined ? [] : [pathOf(id, version)])))];
  const read = await Promise.all(paths.map(async (path) => [path, await agreementAt(visit, path)] as const));
  const agreements = new Map(read);
  return named.map(([whole = '', id = '', version = '', name = '']) =>
    clauseOf(whole, { id, version, name }, agreements.get(pathOf(id, version))),
  );
};

const clauseOf = (
  whole: string,
  { id, version, name }: { readonly id: string; readonly version: string; readonly name: string },
  agreement: Agreement | undefined,
): NamedClause => {
  const flow = agreement?.document.flows.find((one) => one.id === name);
  if (agreement === undefined || flow === undefined) return { name: whole, title: '', says: whole };
  return { name, title: agreement.title, says: flow.says, href: `/agreements/${id}/${version}#${name}`, purposes: flow.for };
};

/** A page that says no is shown whether or not the agreements can be read now. */
const agreementAt = (visit: Visit, path: string): Promise<Agreement | undefined> => visit.ask<Agreement>(path).catch(() => undefined);
