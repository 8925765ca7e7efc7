// The agreements under which data flows today, for what pages say of purposes: kept for a minute, since they change seldom.
import type { Language } from '../words/index.ts';

export interface Purpose {
  readonly id: string;
  /** What it is for, as the agreement says it to a learner. */
  readonly sentence: Readonly<Record<Language, string>>;
}

export interface AgreedPurpose extends Purpose {
  /** Roles of agencies that an agreement shows something to for it; whom it is shown to in an office is another matter. */
  readonly recipients: readonly string[];
}

interface Listed {
  readonly protocols: readonly { readonly id: string; readonly version: number; readonly status: string }[];
}
interface Agreement {
  readonly document: {
    readonly purposes?: readonly Purpose[];
    readonly flows?: readonly Flow[];
  };
}
interface Flow {
  readonly for: readonly string[];
  readonly to: readonly { readonly roles?: readonly string[]; readonly office?: string }[];
}

export type AskPublic = (path: string) => Promise<unknown>;

const KEPT_MS = 60_000;

export class Agreements {
  #kept: { readonly until: number; readonly purposes: Promise<readonly AgreedPurpose[]> } | undefined;

  /** Each once, by id, in the order of their ids. `ask` reads what is public of the broker. */
  async purposes(ask: AskPublic): Promise<readonly AgreedPurpose[]> {
    if (this.#kept !== undefined && this.#kept.until > Date.now()) return this.#kept.purposes;
    const purposes = read(ask);
    this.#kept = { until: Date.now() + KEPT_MS, purposes };
    purposes.catch(() => (this.#kept = undefined));
    return purposes;
  }
}

const read = async (ask: AskPublic): Promise<readonly AgreedPurpose[]> => {
  const { protocols } = (await ask('/v1/protocols')) as Listed;
  const inForce = protocols.filter(({ status }) => status === 'in-force' || status === 'review-due');
  const texts = (await Promise.all(inForce.map(({ id, version }) => ask(`/v1/protocols/${id}/${version}`)))) as readonly Agreement[];
  const flows = texts.flatMap(({ document }) => document.flows ?? []);
  const byId = new Map(texts.flatMap(({ document }) => document.purposes ?? []).map((purpose) => [purpose.id, purpose]));
  return [...byId.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((purpose) => ({ ...purpose, recipients: recipientsFor(flows, purpose.id) }));
};

const recipientsFor = (flows: readonly Flow[], purpose: string): readonly string[] => {
  const to = flows.filter((flow) => flow.for.includes(purpose)).flatMap((flow) => flow.to);
  return [...new Set(to.flatMap(({ roles = [], office }) => (office === undefined ? roles : [])))];
};
