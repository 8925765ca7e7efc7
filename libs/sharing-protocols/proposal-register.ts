// The register of proposals: the stream `protocol-proposals` held in memory, what is proposed for the next version of each agreement, and
// how an office sends one of them for signature.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import { type EventStore, type NewEvent, type RecordedEvent, type StreamSeal, StreamState, Upcasts } from '#event-store';
import { accept, type AgencySlug, type Clock, err, londonDate, ok, type Position, type Result } from '#kernel';
import type { ProtocolDocument } from './language.ts';
import type { LifecycleRejection } from './lifecycle.decide.ts';
import type { SentForSignature } from './lifecycle.events.ts';
import { type DocumentFault, parseProtocol } from './parse.ts';
import { decidePropose, type ProposalRejectionCode, type Standing } from './proposals.decide.ts';
import { evolveProposals, initialProposals, type Proposal, type ProposalEvent, PROPOSALS_STREAM, type ProposalState } from './proposals.ts';
import { misdirected, type ProtocolChange, type ProtocolRegister, type ProtocolVersion, unsigned } from './register.ts';
import { digestOf, type PartyKeys, verifyProposal } from './register-signatures.ts';

/** A text, as YAML or JSON, and the statement of whoever proposes it, as `signProposal` makes it. */
export interface SentProposal {
  readonly document: string;
  readonly statement: string;
}

export type ProposalChange = Result<
  { readonly digest: string; readonly positions: readonly Position[] },
  LifecycleRejection<ProposalRejectionCode | 'signature-invalid' | 'names-another' | 'digest-differs'>
>;

/** A text that an agency could propose, as it would be told. */
export interface ExaminedProposal {
  readonly document: ProtocolDocument;
  readonly digest: string;
  readonly against: ProtocolVersion;
  /** It is what the agency proposed last. */
  readonly waits: boolean;
}

export type Examination = Result<ExaminedProposal, LifecycleRejection<ProposalRejectionCode>>;

/** One that waits, and the version in whose place it would come. */
export interface WaitingProposal extends Proposal {
  readonly against: ProtocolVersion;
}

const FLOWS: readonly string[] = ['in-force', 'review-overdue'];

export class ProposalRegister {
  readonly #held: StreamState<ProposalState>;
  readonly #protocols: ProtocolRegister;
  readonly #clock: Clock;

  private constructor(held: StreamState<ProposalState>, protocols: ProtocolRegister, clock: Clock) {
    this.#held = held;
    this.#protocols = protocols;
    this.#clock = clock;
  }

  /** `seal` vouches for the stream; without one it is taken as it is. */
  static async open(
    store: EventStore,
    clock: Clock,
    { protocols, seal }: { readonly protocols: ProtocolRegister; readonly seal?: StreamSeal },
  ): Promise<ProposalRegister> {
    const held = await StreamState.open(store, PROPOSALS_STREAM, { initial: initialProposals, evolve: evolveStored, seal });
    return new ProposalRegister(held, protocols, clock);
  }

  /** The signature first, so that no text of a stranger is read. */
  async propose({ document: text, statement }: SentProposal, keys: PartyKeys): Promise<ProposalChange> {
    const signed = await verifyProposal(statement, keys, this.#clock.now());
    if (signed === undefined) return err(unsigned('{digest, proposes, protocol, version}'));
    const parsed = parseProtocol(text);
    if (!parsed.ok) return err({ code: 'protocol-faulty', says: saysOf(parsed.error) });
    const { value: document } = parsed;
    const digest = digestOf(document);
    if (signed.protocol !== document.id || signed.version !== document.version) return err(misdirected(signed));
    if (signed.digest !== digest) return err({ code: 'digest-differs', says: `Sign the text that you send: its digest is ${digest}.` });
    const { slug: agency } = signed.agency;
    const proposed = { ...this.#proposedBy(agency, document), kid: signed.kid, signature: statement };
    const origin = correlation();
    const changed = await this.#held.change<LifecycleRejection<ProposalRejectionCode>>((state) => {
      const decision = decidePropose(state, proposed);
      return decision.accepted ? accept(...decision.events.map((event) => stored(event, origin))) : decision;
    });
    return changed.ok ? ok({ digest, positions: changed.value }) : changed;
  }

  /** What would come of it if the agency proposed the text now: nothing is recorded. */
  async examine(text: string, agency: AgencySlug): Promise<Examination> {
    const parsed = parseProtocol(text);
    if (!parsed.ok) return err({ code: 'protocol-faulty', says: saysOf(parsed.error) });
    await this.#held.refresh();
    const { standing, ...proposed } = this.#proposedBy(agency, parsed.value);
    const decision = decidePropose(this.#held.state, { ...proposed, standing, kid: '', signature: UNSIGNED });
    if (!decision.accepted) return err(decision.rejection);
    if (standing === undefined) throw new RangeError('What was never drafted is not accepted.');
    const { document, digest } = proposed;
    return ok({ document, digest, against: standing.against, waits: decision.events.length === 0 });
  }

  #proposedBy(agency: AgencySlug, document: ProtocolDocument) {
    const [standing, faults] = [this.#standing(document.id, agency), this.#protocols.faultsOf(document)];
    return { document, digest: digestOf(document), agency, standing, faults };
  }

  /** By agreement, the first proposed first. What is for a version that is drafted by now has lapsed, and so has that of who left. */
  async waiting(): Promise<readonly WaitingProposal[]> {
    await this.#held.refresh();
    return [...this.#held.state.latest.values()]
      .flatMap((proposal): readonly WaitingProposal[] => {
        const { document, agency } = proposal;
        const standing = this.#standing(document.id, agency);
        const isOpen = standing?.isParty === true && standing.last.version + 1 === document.version;
        return isOpen ? [{ ...proposal, against: standing.against }] : [];
      })
      .sort((one, other) => one.document.id.localeCompare(other.document.id) || one.proposedAt.position - other.proposedAt.position);
  }

  /** Its text becomes the next version, which its parties may sign. Undefined: nothing of that digest waits, nor was sent. */
  async send(digest: string, sent: Omit<SentForSignature, 'proposedBy'>): Promise<ProtocolChange | undefined> {
    const proposal = (await this.waiting()).find((one) => one.digest === digest);
    if (proposal !== undefined) return this.#protocols.draft(proposal.document, { proposedBy: proposal.agency, ...sent });
    return this.#versionsOf().some((one) => one.digest === digest && wasSent(one, this.#held.state)) ? ok([]) : undefined;
  }

  #versionsOf(protocol?: string): readonly ProtocolVersion[] {
    return this.#protocols.versions(londonDate(this.#clock.now())).filter((one) => protocol === undefined || one.protocol === protocol);
  }

  #standing(protocol: string, agency: AgencySlug): (Standing & Pick<WaitingProposal, 'against'>) | undefined {
    const versions = this.#versionsOf(protocol).toSorted((one, other) => other.version - one.version);
    const [last] = versions;
    if (last === undefined) return undefined;
    const against = versions.find(({ status }) => FLOWS.includes(status)) ?? last;
    const isParty = [against, last].some(({ signatures }) => signatures.some((signature) => signature.agency === agency));
    return { last: last.document, isParty, against };
  }
}

/** No statement of anybody's. */
const UNSIGNED = '.';

const MOST_FAULTS = 5;

const saysOf = (faults: readonly DocumentFault[]): string =>
  faults
    .slice(0, MOST_FAULTS)
    .map(({ line, says }) => `Line ${line}: ${says}`)
    .join(' ');

/** The last that its agency proposed, and it was drafted: sending it again changes nothing. */
const wasSent = ({ digest }: ProtocolVersion, { latest }: ProposalState): boolean =>
  [...latest.values()].some((proposal) => proposal.digest === digest);

const stored = ({ type, data }: ProposalEvent, correlation: string): NewEvent => ({
  id: randomUUID(),
  type,
  meta: { actor: data.agency, correlation, schema: 1 },
  payload: Buffer.from(JSON.stringify(data)),
});

/** No payload of theirs has changed its shape yet (test/golden). */
const upcasts = new Upcasts([]);

const evolveStored = (state: ProposalState, { type, meta, payload, position, recordedAt }: RecordedEvent): ProposalState =>
  evolveProposals(state, { type, data: upcasts.decode(type, meta.schema, payload) } as ProposalEvent, {
    position,
    on: londonDate(recordedAt),
  });
