// A partnership sent over HTTP as its agencies would, each message again until somebody answers it, while what serves it is killed.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Expected, Message, Partnership } from '../kafka/partnership-files.ts';
import { endState, readAllPassports } from '../kafka/passports.ts';

export interface HttpRun {
  readonly partnership: Partnership;
  /** Brokers of one log. Whole stories are told to one of them, to all of them at once. */
  readonly urls: readonly string[];
  readonly learnersAtOnce: number;
  /** Done one after the other, each when a further share of the messages is answered. */
  readonly faults?: readonly Fault[];
}

export type Fault = (progress: SendingProgress) => Promise<void>;

export interface SendingProgress {
  /** Resolves once so many more messages are answered, or the rest of them. */
  readonly answered: (more: number) => Promise<void>;
  /** Resolves once one more has to be sent again. */
  readonly unanswered: () => Promise<void>;
}

export interface HttpOutcome {
  /** One line each; empty when all is as it must be. */
  readonly wrongReceipts: readonly string[];
  /** Messages that had to be sent again before somebody answered. */
  readonly resent: number;
  readonly seconds: number;
}

interface Told {
  readonly outcome: string;
  readonly position?: string;
}

type Answered = Told & { readonly tries: number };

const ABOUT_NOBODY = -1;
const AGAIN_MS = 25;
const LOOK_MS = 5;
/** Longer than a broker takes to answer that something took too long. */
const ANSWER_MS = 90_000;
/** A run in which nobody answers for so long stands still for good. */
const STANDSTILL_MS = 180_000;

/** Undefined: nobody answered, or only that it has to be sent again. */
const post = async (url: string, { jws }: Message): Promise<Told | undefined> => {
  const headers = { 'content-type': 'application/jose' };
  const signal = AbortSignal.timeout(ANSWER_MS);
  const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: jws, signal }).catch(() => undefined);
  if (response?.status === 401) return { outcome: 'unverifiable' };
  if (response?.status !== 200) return undefined;
  // The broker may die between the head of its answer and the end.
  const body = (await response.json().catch(() => undefined)) as { readonly receipts: readonly [Told] } | undefined;
  return body?.receipts[0];
};

const RECORDED: ReadonlySet<string> = new Set(['accepted', 'already-captured']);

/** What was recorded and whose answer was lost is met again as a duplicate; what was not recorded is judged as it would have been. */
const isRight = (want: Expected, { outcome, tries }: Answered): boolean =>
  outcome === want.outcome || (tries > 1 && outcome === 'duplicate' && RECORDED.has(want.outcome));

class Sending {
  readonly #run: HttpRun;
  readonly told = new Map<number, Answered>();
  #unanswered = 0;

  constructor(run: HttpRun) {
    this.#run = run;
  }

  /** First what is about nobody, then each learner's messages in order. */
  async all(): Promise<void> {
    const {
      partnership: { messages },
      urls,
      learnersAtOnce,
    } = this.#run;
    const [first = ''] = urls;
    for (const message of messages.filter(({ learner }) => learner === ABOUT_NOBODY)) await this.#tell(first, message);
    const about = messages.filter(({ learner }) => learner !== ABOUT_NOBODY);
    const stories = [...Map.groupBy(about, ({ learner }) => learner).values()];
    const work = async (n: number): Promise<void> => {
      for (let story = stories.shift(); story; story = stories.shift())
        for (const message of story) await this.#tell(urls[n % urls.length] ?? first, message);
    };
    await Promise.all(Array.from({ length: learnersAtOnce }, (_, n) => work(n)));
  }

  async suffer(): Promise<void> {
    const { faults = [], partnership } = this.#run;
    for (const [n, fault] of faults.entries()) {
      await this.#reached((partnership.messages.length * (n + 1)) / (faults.length + 1));
      await fault({ answered: (more) => this.#reached(this.told.size + more), unanswered: () => this.#oneUnanswered() });
    }
  }

  /** Rejects when nothing has been answered for long, with what the brokers say of themselves; resolves when the signal aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    for (let before = -1; before < this.told.size;) {
      before = this.told.size;
      await pause(STANDSTILL_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
    const { partnership, urls } = this.#run;
    const said = await Promise.all(urls.map(readinessOf));
    const counted = `${this.told.size} of ${partnership.messages.length} messages are answered, ${this.#unanswered} times none was`;
    throw new Error(`Nothing was answered for ${STANDSTILL_MS / 1000} s: ${counted}. ${said.join(' ')}`);
  }

  async #tell(url: string, message: Message): Promise<void> {
    for (let tries = 1; ; tries++) {
      const told = await post(url, message);
      if (told) return void this.told.set(message.n, { ...told, tries });
      this.#unanswered += 1;
      await pause(AGAIN_MS);
    }
  }

  async #oneUnanswered(): Promise<void> {
    const before = this.#unanswered;
    while (this.#unanswered === before && this.told.size < this.#run.partnership.messages.length) await pause(LOOK_MS);
  }

  async #reached(messages: number): Promise<void> {
    const enough = Math.min(messages, this.#run.partnership.messages.length);
    while (this.told.size < enough) await pause(LOOK_MS);
  }
}

const readinessOf = async (url: string): Promise<string> =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(LOOK_MS * 1000) }).then(
    async (response) => `${url} says ${response.status}: ${await response.text()}`,
    (cause: unknown) => `${url} does not answer: ${String(cause)}.`,
  );

export const sendPartnership = async (run: HttpRun): Promise<HttpOutcome> => {
  const { messages, expected } = run.partnership;
  const sending = new Sending(run);
  const began = performance.now();
  const ended = new AbortController();
  const sent = Promise.all([sending.all(), sending.suffer()]).finally(() => ended.abort());
  await Promise.race([sent, sending.watch(ended.signal).then(() => sent)]);
  const seconds = (performance.now() - began) / 1000;
  const wrong = messages.flatMap(({ n }) => {
    const [want, got] = [expected[n], sending.told.get(n)];
    return want && got && isRight(want, got) ? [] : [`${n}: want ${JSON.stringify(want)}, got ${JSON.stringify(got)}`];
  });
  const positions = [...sending.told.values()].filter(({ outcome }) => outcome === 'accepted').map(({ position }) => position);
  const doubled = positions.length - new Set(positions).size;
  return {
    wrongReceipts: doubled === 0 ? wrong : [...wrong, `${doubled} positions were given twice`],
    resent: [...sending.told.values()].filter(({ tries }) => tries > 1).length,
    seconds,
  };
};

const NO_FEEDS = { items: () => [] };

/** What every agency is shown of every learner, comparable between runs; as over Kafka, where feeds are added to it. */
export const endStateAt = async (url: string, partnership: Partnership): Promise<string> =>
  endState(await readAllPassports(url, partnership, NO_FEEDS), NO_FEEDS);
