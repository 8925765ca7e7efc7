// Judges a group of appends on the log as it stands, each after those before it, and leaves the log as it was: for a log whose commit is
// elsewhere. What holds is told as it is to be recorded.
import type { Instant } from '#kernel';
import type { Appended, Bookmark, NewEvent, RecordedEvent, StreamWrite } from '../event-store.ts';
import { AppendIds, judge } from './append-check.ts';
import { type BookmarkTable, judgeBookmarks } from './log-file.ts';
import type { Log } from './log.ts';

export interface AskedAppend {
  readonly writes: readonly StreamWrite[];
  readonly bookmarks: readonly Bookmark[];
}

/** An append that may be stored, as it would be. */
export interface Accepted {
  readonly events: readonly RecordedEvent[];
  readonly bookmarks: readonly Bookmark[];
}

/** A refusal, the answer where the events are stored already, or what is to be stored. */
export type Judgement = Error | { readonly repeated: Appended } | { readonly accepted: Accepted };

export class GroupJudge {
  readonly #log: Log;
  readonly #bookmarks: BookmarkTable;
  readonly #ids = new AppendIds();

  constructor(log: Log, bookmarks: BookmarkTable) {
    this.#log = log;
    this.#bookmarks = bookmarks;
  }

  /** In the order given. */
  judge(group: readonly AskedAppend[]): readonly Judgement[] {
    const { index, position, now } = this.#log;
    const changed = new Map<string, string | undefined>();
    try {
      return group.map((asked) => this.#judgeOne(asked, changed, now));
    } finally {
      index.truncate(position);
    }
  }

  #judgeOne({ writes, bookmarks }: AskedAppend, changed: Map<string, string | undefined>, now: Instant): Judgement {
    const { index } = this.#log;
    const verdict = judge(index, writes, this.#ids);
    if (verdict instanceof Error) return verdict;
    if (verdict) return { repeated: verdict };
    const find = (name: string): string | undefined => (changed.has(name) ? changed.get(name) : this.#bookmarks.find(name));
    const refusal = bookmarks.length > 0 ? judgeBookmarks({ find }, bookmarks) : undefined;
    if (refusal) {
      index.release();
      return refusal;
    }
    for (const { name, value } of bookmarks) changed.set(name, value);
    return { accepted: { events: this.#place(writes, now), bookmarks } };
  }

  #place(writes: readonly StreamWrite[], recordedAt: Instant): RecordedEvent[] {
    return writes.flatMap(({ stream, events }) => events.map((event) => this.#placeOne(stream, event, recordedAt)));
  }

  #placeOne(stream: string, event: NewEvent, recordedAt: Instant): RecordedEvent {
    const { index } = this.#log;
    const revision = index.revisionOf(stream) + 1;
    const position = index.add(stream);
    return { ...event, stream, revision, position, recordedAt };
  }
}
