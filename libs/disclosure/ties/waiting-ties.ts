// Who waits for a voucher, as the learners' files stand: the view proposes, this decides, records the look, and only then tells.
import { randomUUID } from 'node:crypto';
import type { Caller } from '#access';
import type { Agency } from '#agencies';
import { type AgencySlug, type Instant, type IsoDate, type LearnerId, londonDate } from '#kernel';
import { disclosureStream, type LearnerFile, LINK_ADVISERS, learnerStream } from '#learner-file';
import { Draft } from '#unit-of-work';
import { localIdOf } from '#learners';
import { officeRecipient } from '#sharing-protocols';
import type { LearnerAtMoment, AccessContext } from '../decide-answer.ts';
import type { GateParts } from '../gate-parts.ts';
import type { InForce } from '../in-force.ts';
import { allWaitingParties, mayVouch, type WaitingParty } from './tie-judge.ts';
import { tiesToldEvent } from './ties-told.ts';

export interface TieCandidate {
  readonly learner: LearnerId;
  /** All who have to do with the learner, and since when. */
  readonly parties: readonly { readonly agency: AgencySlug; readonly since: Instant }[];
}

export interface WaitingTie extends WaitingParty {
  /** The asking agency's pseudonym for the learner; the broker's own id for the data manager. */
  readonly learner: string;
  /** Its own id, where it linked one. */
  readonly localId?: string;
  /** Day (London) on which the first about it was recorded. */
  readonly since: IsoDate;
}

/** Whom of the parties the agency of the context could vouch for. */
export type TieJudge = (context: AccessContext, parties: readonly AgencySlug[]) => readonly WaitingParty[];

type Parts = Pick<GateParts, 'streams' | 'writer' | 'registers' | 'vault' | 'pseudonyms' | 'clock'>;

/** A moment's view: all that one judgement looks at. */
interface Moment {
  readonly draft: Draft;
  readonly inForce: InForce;
  readonly at: Instant;
  readonly correlation: string;
}

/** Whoever asks: as whom the look is recorded, for whom it could vouch, and how it names the learner. */
interface Asker {
  readonly recipient: string;
  readonly staff?: string;
  readonly waiting: (moment: LearnerAtMoment, parties: readonly AgencySlug[]) => readonly WaitingParty[];
  readonly named: (file: LearnerFile) => Pick<WaitingTie, 'learner' | 'localId'>;
}

const DATA_MANAGER: Asker = {
  recipient: officeRecipient('data-manager'),
  waiting: allWaitingParties,
  named: ({ id }) => ({ learner: id }),
};

export class WaitingTies {
  readonly #parts: Parts;
  readonly #judge: TieJudge;

  constructor(parts: Parts, judge: TieJudge) {
    this.#parts = parts;
    this.#judge = judge;
  }

  /** The agency, where its role may vouch at all. */
  voucher(slug: AgencySlug): Agency | undefined {
    const agency = this.#parts.registers.inForce(londonDate(this.#parts.clock.now())).partner(slug);
    return agency && mayVouch(agency) ? agency : undefined;
  }

  /** In the order of the candidates. Rejects with `EventStoreError` where the look cannot be recorded: then nothing is told. */
  async of(caller: Caller, candidates: readonly TieCandidate[]): Promise<readonly WaitingTie[]> {
    return this.#ask(candidates, ({ inForce }) => {
      const agency = inForce.partner(caller.agency);
      return agency && this.#askerOf(caller, agency);
    });
  }

  /** All who wait, for the data manager; as `of`. */
  async ofAll(candidates: readonly TieCandidate[]): Promise<readonly WaitingTie[]> {
    return this.#ask(candidates, () => DATA_MANAGER);
  }

  #askerOf({ staff }: Caller, agency: Agency): Asker {
    const { pseudonyms } = this.#parts;
    const { slug } = agency;
    return {
      recipient: slug,
      ...(staff === undefined ? {} : { staff }),
      waiting: (moment, parties) => this.#judge({ ...moment, reader: agency }, parties),
      named: ({ id, learner }) => {
        const localId = localIdOf(learner, slug);
        return { learner: pseudonyms.of(slug, id), ...(localId === undefined ? {} : { localId }) };
      },
    };
  }

  async #ask(candidates: readonly TieCandidate[], askerAt: (moment: Moment) => Asker | undefined): Promise<readonly WaitingTie[]> {
    const { streams, writer } = this.#parts;
    const correlation = randomUUID();
    const { judged } = await writer.write({
      look: () => [
        ...streams.linkAdvisers.missing(LINK_ADVISERS),
        ...candidates.flatMap(({ learner }) => streams.files.missing(learnerStream(learner))),
      ],
      judge: () => this.#decide(candidates, askerAt, correlation),
    });
    return judged.told;
  }

  /** Must not wait. */
  #decide(
    candidates: readonly TieCandidate[],
    askerAt: (moment: Moment) => Asker | undefined,
    correlation: string,
  ): { readonly draft: Draft; readonly told: readonly WaitingTie[] } {
    const at = this.#parts.clock.now();
    const moment = { draft: new Draft(), inForce: this.#parts.registers.inForce(londonDate(at)), at, correlation };
    const asker = askerAt(moment);
    const told = asker === undefined ? [] : candidates.flatMap((candidate) => this.#told(moment, asker, candidate));
    return { draft: moment.draft, told };
  }

  #told(moment: Moment, asker: Asker, { learner, parties }: TieCandidate): readonly WaitingTie[] {
    const known = this.#known(moment, learner);
    if (known === undefined) return [];
    const waiting = asker.waiting(
      known,
      parties.map((party) => party.agency),
    );
    if (waiting.length === 0) return [];
    this.#record(moment, known, asker, waiting);
    const about = asker.named(known.file);
    const since = new Map(parties.map((party) => [party.agency, party.since]));
    return waiting.map((tie) => ({ ...about, ...tie, since: londonDate(since.get(tie.agency) ?? moment.at) }));
  }

  #known({ draft, inForce, at }: Moment, learner: LearnerId): LearnerAtMoment | undefined {
    const { streams } = this.#parts;
    const { state: file, revision } = draft.get(streams.files, learnerStream(learner));
    if (revision < 0) return undefined;
    return { file, revision, inForce, linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state, at };
  }

  #record(
    { draft, inForce, at, correlation }: Moment,
    { file, revision: learner }: LearnerAtMoment,
    { recipient, staff }: Asker,
    ties: readonly WaitingParty[],
  ): void {
    const { streams, vault, registers } = this.#parts;
    const stream = disclosureStream(file.id);
    const linkAdvisers = draft.get(streams.linkAdvisers, LINK_ADVISERS).revision;
    const told = { recipient, ...(staff === undefined ? {} : { staff }), ties, at, learner, ...inForce.versions, linkAdvisers };
    const id = vault.blindId('ties', `${correlation}\n${file.id}`);
    draft.add(streams.heads, stream, tiesToldEvent({ id, correlation, learner: file.id }, told), () => null);
    draft.require(streams.files, learnerStream(file.id));
    draft.require(streams.linkAdvisers, LINK_ADVISERS);
    registers.require(draft, inForce);
  }
}
