// What a recipient is told when it asks for its notices. That each is told was decided, and recorded, when it was issued (ADR 0015).
import { MERGED_IDENTITY_NOTICED, type Notice, openNoticesFor } from '#consent';
import type { AgencySlug, LearnerId } from '#kernel';
import { type LearnerStreams, learnerStream } from '#learner-file';
import { localIdOf } from '#learners';
import { pairwiseItemId, type Pseudonyms, type Vault } from '#privacy';
import { MERGED_IDENTITY_ID } from '../answer.ts';

export interface OpenNotice {
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  /** The recipient's own id for the learner, where it linked one. */
  readonly localId?: string;
  readonly notice: Notice;
  /** Pairwise ids of what it was shown. */
  readonly items: readonly string[];
}

type Names = Pick<Vault, 'blind'>;

/** As the recipient knows them from its answers and its feed. */
export const noticedItems = (names: Names, { recipient, items }: Notice): readonly string[] =>
  items.map((position) => (position === MERGED_IDENTITY_NOTICED ? MERGED_IDENTITY_ID : pairwiseItemId(names, recipient, position)));

export class OpenNotices {
  readonly #streams: LearnerStreams;
  readonly #pseudonyms: Pseudonyms;
  readonly #names: Names;

  constructor(streams: LearnerStreams, pseudonyms: Pseudonyms, names: Names) {
    this.#streams = streams;
    this.#pseudonyms = pseudonyms;
    this.#names = names;
  }

  /** As the learners' files stand now: what was answered or erased meanwhile is left out. Rejects with `EventStoreError`. */
  async of(recipient: AgencySlug, learners: readonly LearnerId[]): Promise<readonly OpenNotice[]> {
    const told: OpenNotice[] = [];
    for (const id of new Set(learners)) {
      const { state: file } = await this.#streams.files.load(learnerStream(id));
      const localId = localIdOf(file.learner, recipient);
      const learner = { learner: this.#pseudonyms.of(recipient, id), ...(localId === undefined ? {} : { localId }) };
      told.push(...openNoticesFor(file, recipient).map((notice) => ({ ...learner, notice, items: noticedItems(this.#names, notice) })));
    }
    return told.sort((a, b) => a.notice.issuedAt - b.notice.issuedAt);
  }
}
