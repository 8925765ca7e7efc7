// Views that are made anew are stored on another thread (ADR 68): while it writes the rows of one batch, this one opens the next.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Advance, type Generation, type RebuildStore, type ViewContent, type ViewShape, ViewStoreError } from '../engine/index.ts';
import type { ViewStoreErrorCode } from '../engine/index.ts';
import { packed, type PackedAdvance, sentOf, type SentView } from './packed-advances.ts';
import type { SqliteViewStoreOptions } from './sqlite-view-store.ts';

const FILE = new URL(`./store-views.worker${extname(import.meta.url)}`, import.meta.url);

export interface StoringTerms extends Omit<SqliteViewStoreOptions, 'log'> {
  /** Where the thread finds views that draw conclusions: no function can be sent to it. */
  readonly views: ViewsModule;
  /** Views are made on it: see `ViewsAside`. */
  readonly makes?: boolean;
}

export interface ViewsModule {
  /** URL of a module, */
  readonly module: string;
  /** and the name under which it exports a list of views. */
  readonly exported: string;
}

/** Views go by their numbers. */
type Work =
  | { readonly what: 'begin'; readonly views: readonly number[] }
  | { readonly what: 'commit'; readonly advances: readonly PackedAdvance[] }
  | { readonly what: 'current'; readonly view: number }
  | { readonly what: 'content'; readonly view: number; readonly generation: number }
  | { readonly what: 'conclude'; readonly view: number; readonly generation: number }
  | { readonly what: 'replace'; readonly views: readonly { readonly view: number; readonly generation: number }[] }
  | { readonly what: 'close' };

export interface StoringRequest {
  readonly id: number;
  /** Those that were not told before. */
  readonly shapes: readonly (readonly [number: number, shape: SentView])[];
  readonly work: Work;
}

/** Errors lose their class on the way. */
export interface StoredFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: ViewStoreErrorCode;
  readonly view?: string;
  /** What caused it. */
  readonly of?: { readonly name: string; readonly message: string };
}

export interface StoredAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly failure?: StoredFailure;
}

interface Asked {
  readonly resolve: (result: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

const named = ({ name, message }: { readonly name: string; readonly message: string }): Error =>
  Object.assign(new Error(message), { name });

const errorOf = ({ code, view, of, ...other }: StoredFailure): Error =>
  code === undefined
    ? named(other)
    : new ViewStoreError(code, other.message, { ...(of ? { cause: named(of) } : {}), ...(view === undefined ? {} : { view }) });

export class StoringThread implements RebuildStore {
  readonly #worker: Worker;
  readonly #asked = new Map<number, Asked>();
  readonly #views = new Map<ViewShape, number>();
  /** Not told yet. */
  #shapes: (readonly [number, SentView])[] = [];
  #ended: Promise<void> | undefined;
  #lost: Error | undefined;
  #ids = 0;

  /** The file is opened with the first request, which fails where it cannot be. */
  constructor(terms: StoringTerms) {
    this.#worker = new Worker(FILE, { name: 'store-views', env: {}, workerData: terms });
    this.#worker.on('message', (answer: StoredAnswer) => this.#answer(answer));
    this.#worker.on('error', (cause) => this.#lose(cause));
    this.#worker.on('exit', () => this.#lose());
  }

  begin(views: readonly ViewShape[]): Promise<readonly Generation[]> {
    return this.#ask({ what: 'begin', views: views.map((view) => this.#numberOf(view)) }) as Promise<readonly Generation[]>;
  }

  async commit(advances: readonly Advance[]): Promise<void> {
    await this.#ask({ what: 'commit', advances: advances.map((advance) => packed(advance, this.#numberOf(advance.view))) });
  }

  current(view: ViewShape): Promise<Generation | undefined> {
    return this.#ask({ what: 'current', view: this.#numberOf(view) }) as Promise<Generation | undefined>;
  }

  content(view: ViewShape, generation: number): Promise<ViewContent> {
    return this.#ask({ what: 'content', view: this.#numberOf(view), generation }) as Promise<ViewContent>;
  }

  async conclude(view: ViewShape, generation: number): Promise<void> {
    await this.#ask({ what: 'conclude', view: this.#numberOf(view), generation });
  }

  replace(views: readonly { readonly view: ViewShape; readonly generation: number }[]): Promise<boolean> {
    const numbered = views.map(({ view, generation }) => ({ view: this.#numberOf(view), generation }));
    return this.#ask({ what: 'replace', views: numbered }) as Promise<boolean>;
  }

  /** After all that was asked for. */
  close(): Promise<void> {
    return (this.#ended ??= this.#end());
  }

  async #end(): Promise<void> {
    if (!this.#lost) await this.#send({ what: 'close' }).catch(() => undefined);
    await this.#worker.terminate();
  }

  #ask(work: Work): Promise<unknown> {
    if (this.#ended) return Promise.reject(new ViewStoreError('closed', 'The views are closed.'));
    return this.#send(work);
  }

  #send(work: Work): Promise<unknown> {
    if (this.#lost) return Promise.reject(this.#lost);
    const id = this.#ids++;
    const answer = new Promise<unknown>((resolve, reject) => this.#asked.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, shapes: this.#shapes, work } satisfies StoringRequest);
    this.#shapes = [];
    return answer;
  }

  #numberOf(view: ViewShape): number {
    const known = this.#views.get(view);
    if (known !== undefined) return known;
    const number = this.#views.size;
    this.#views.set(view, number);
    this.#shapes.push([number, sentOf(view)]);
    return number;
  }

  #answer({ id, result, failure }: StoredAnswer): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (failure) asked?.reject(errorOf(failure));
    else asked?.resolve(result);
  }

  #lose(cause?: unknown): void {
    this.#lost ??= new ViewStoreError('unavailable', 'The thread that stores views has ended: start again.', { cause });
    const lost = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of lost) reject(this.#lost);
  }
}
