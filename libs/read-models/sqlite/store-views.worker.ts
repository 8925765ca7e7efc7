// Stores views on a thread of its own, over a connection of its own: one request after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { type RebuildStore, ViewStoreError, type ViewShape } from '../engine/index.ts';
import { type SentView, unpacked } from './packed-advances.ts';
import { SqliteViewStore } from './sqlite-view-store.ts';
import type { StoredAnswer, StoredFailure, StoringRequest, StoringTerms, ViewsModule } from './storing-thread.ts';
import { ViewsAside } from './views-aside.ts';

const terms = workerData as StoringTerms;
/** Always the same objects, by which statements are found. */
const views = new Map<number, ViewShape>();

const shapesIn = async ({ module, exported }: ViewsModule): Promise<readonly ViewShape[]> =>
  ((await import(module)) as Readonly<Record<string, readonly ViewShape[]>>)[exported] ?? [];

let known: Promise<readonly ViewShape[]> | undefined;

const learn = async (number: number, told: SentView): Promise<void> => {
  if ('tables' in told) return void views.set(number, told);
  const found = (await (known ??= shapesIn(terms.views))).find(({ name, version }) => name === told.name && version === told.version);
  if (!found) throw new RangeError(`${told.name} draws conclusions, and is not among the views that this thread finds.`);
  views.set(number, found);
};

const shapeOf = (number: number): ViewShape => {
  const view = views.get(number);
  if (!view) throw new RangeError(`No view has been told under the number ${number}.`);
  return view;
};

const answerTo = (store: RebuildStore, { work }: StoringRequest): Promise<unknown> => {
  switch (work.what) {
    case 'begin':
      return store.begin(work.views.map(shapeOf));
    case 'commit':
      return store.commit(work.advances.map((advance) => unpacked(advance, shapeOf(advance.view))));
    case 'current':
      return store.current(shapeOf(work.view));
    case 'content':
      return store.content(shapeOf(work.view), work.generation);
    case 'conclude':
      return store.conclude(shapeOf(work.view), work.generation);
    case 'replace':
      return store.replace(work.views.map(({ view, generation }) => ({ view: shapeOf(view), generation })));
    case 'close':
      return store.close();
  }
};

const failureOf = (cause: unknown): StoredFailure => {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  if (!(cause instanceof ViewStoreError)) return { name, message };
  const { code, view } = cause;
  const of = cause.cause instanceof Error ? { name: cause.cause.name, message: cause.cause.message } : undefined;
  return { name, message, code, ...(view === undefined ? {} : { view }), ...(of ? { of } : {}) };
};

let store: RebuildStore | undefined;
let before = Promise.resolve();

const work = async (request: StoringRequest): Promise<void> => {
  try {
    for (const [number, told] of request.shapes) await learn(number, told);
    store ??= terms.makes ? new ViewsAside(terms) : new SqliteViewStore(terms);
    const result = await answerTo(store, request);
    parentPort?.postMessage({ id: request.id, result } satisfies StoredAnswer);
  } catch (cause) {
    parentPort?.postMessage({ id: request.id, failure: failureOf(cause) } satisfies StoredAnswer);
  }
};

parentPort?.on('message', (request: StoringRequest) => {
  before = before.then(() => work(request));
});
