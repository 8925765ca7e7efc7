// Who waits for an agency's voucher, as the learners' files stand: the view proposes, this decides, records the look, and only then tells.
import { randomUUID } from 'node:crypto';
import type { Caller } from '#access';
import type { Agency } from '#agencies';
import { type AgencySlug, type Instant, type IsoDate, type LearnerId, londonDate } from '#kernel';
import { disclosureStream, Draft, type Judged, LINK_ADVISERS, learnerStream } from '#learner-file';
import { localIdOf } from '#learners';
import type { Standing } from '../decide-answer.ts';
import type { GateParts } from '../gate-parts.ts';
import type { InForce } from '../in-force.ts';
import { mayVouch, type WaitingParty } from './tie-judge.ts';
import { tiesToldEvent } from './ties-told.ts';

export interface TieCandidate {
  readonly learner: LearnerId;
  /** All who have to do with the learner, and since when. */
  readonly parties: readonly { readonly agency: AgencySlug; readonly since: Instant }[];
}

export interface WaitingTie extends WaitingParty {
  /** The asking agency's pseudonym for the learner. */
  readonly learner: string;
  /** Its own id, where it linked one. */
  readonly localId?: string;
  /** Day (London) on which the first about it was recorded. */
  readonly since: IsoDate;
}

/** Whom of the parties the agency of the standing could vouch for. */
export type TieJudge = (standing: Standing, parties: readonly AgencySlug[]) => readonly WaitingParty[];

type Parts = Pick<GateParts, 'streams' | 'writer' | 'registers' | 'vault' | 'pseudonyms' | 'clock'>;

/** A moment's view: all that one judgement looks at. */
interface Moment {
  readonly draft: Draft;
  readonly caller: Caller;
  readonly agency: Agency;
  readonly inForce: InForce;
  readonly at: Instant;
  readonly correlation: string;
}

export class WaitingTies {
  readonly #parts: Parts;
  readonly #judge: TieJudge;

  constructor(parts: Parts, judge: TieJudge) {
    this.#parts = parts;
    this.#judge = judge;
  }

  /** The agency, where its role may vouch at all. */
  voucher(slug: AgencySlug): Agency | undefined {
    const agency = this.#parts.registers.inForce(londonDate(this.#parts.clock.now())).agency(slug);
    return agency && mayVouch({ agency }) ? agency : undefined;
  }

  /** In the order of the candidates. Rejects with `EventStoreError` where the look cannot be recorded: then nothing is told. */
  async of(caller: Caller, candidates: readonly TieCandidate[]): Promise<readonly WaitingTie[]> {
    const { streams, writer } = this.#parts;
    const correlation = randomUUID();
    await Promise.all(candidates.map(({ learner }) => streams.files.load(learnerStream(learner))));
    return writer.write(() => this.#decide(caller, candidates, correlation));
  }

  /** Must not wait. */
  #decide(caller: Caller, candidates: readonly TieCandidate[], correlation: string): Judged<readonly WaitingTie[]> {
    const at = this.#parts.clock.now();
    const draft = new Draft();
    const inForce = this.#parts.registers.inForce(londonDate(at));
    const agency = inForce.agency(caller.agency);
    const told = agency === undefined ? [] : candidates.flatMap((candidate) => this.#told({ draft, caller, agency, inForce, at, correlation }, candidate));
    return { draft, result: () => told };
  }

  #told(moment: Moment, { learner, parties }: TieCandidate): readonly WaitingTie[] {
    const standing = this.#standing(moment, learner);
    if (standing === undefined) return [];
    const waiting = this.#judge(standing, parties.map((party) => party.agency));
    if (waiting.length === 0) return [];
    this.#record(moment, standing, waiting);
    const { slug } = moment.agency;
    const localId = localIdOf(standing.file.learner, slug);
    const about = { learner: this.#parts.pseudonyms.of(slug, learner), ...(localId === undefined ? {} : { localId }) };
    const since = new Map(parties.map((party) => [party.agency, party.since]));
    return waiting.map((tie) => ({ ...about, ...tie, since: londonDate(since.get(tie.agency) ?? moment.at) }));
  }

  #standing({ draft, agency, inForce, at }: Moment, learner: LearnerId): Standing | undefined {
    const { streams } = this.#parts;
    const { state: file, revision } = draft.get(streams.files, learnerStream(learner));
    if (revision < 0) return undefined;
    return { agency, file, revision, inForce, linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state, at };
  }

  #record({ draft, caller, inForce, at, correlation }: Moment, { file, agency, revision: learner }: Standing, ties: readonly WaitingParty[]): void {
    const { streams, vault } = this.#parts;
    const stream = disclosureStream(file.id);
    const linkAdvisers = draft.get(streams.linkAdvisers, LINK_ADVISERS).revision;
    const told = { recipient: agency.slug, ...(caller.staff === undefined ? {} : { staff: caller.staff }), ties, at, learner, ...inForce.versions, linkAdvisers };
    draft.add(streams.heads, stream, (revision) => tiesToldEvent({ id: randomUUID(), correlation, learner: file.id }, { stream, revision }, told, vault), () => null);
    draft.require(streams.files, learnerStream(file.id));
    draft.require(streams.linkAdvisers, LINK_ADVISERS);
  }
}
