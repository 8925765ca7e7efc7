// Sends the story through the broker's own way in, message by message, with the clock at the day of which it tells.
import { signEvents, type SigningKey } from '#client';
import { AskAboutLearner } from '#egress';
import { AdmitMessage } from '#ingress';
import type { fixedClock, LearnerId } from '#kernel';
import type { Ask } from '../data-directory.ts';
import { CAST, type Slug } from './cast.ts';
import type { Looked, Step, Told } from './story.ts';

export interface Telling {
  readonly ask: Ask;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly keys: ReadonlyMap<Slug, SigningKey>;
  /** Who signs in on the learner's page to say it. */
  readonly signedIn: (page: Slug, ref: string) => Promise<LearnerId | undefined>;
  /** Called with each month, as `2026-03`, once it is told. */
  readonly told?: (month: string, events: number) => void;
}

/** What came out otherwise than the story has it. */
export interface Surprise {
  readonly event: string;
  readonly expected: string;
  readonly outcome: string;
}

export const tellStory = async (telling: Telling, steps: readonly Step[]): Promise<readonly Surprise[]> => {
  const surprises: Surprise[] = [];
  const months = Map.groupBy(steps, ({ at }) => new Date(at).toISOString().slice(0, 7));
  for (const [month, some] of months) {
    for (const part of partsOf(some)) surprises.push(...(await tellPart(telling, part)));
    telling.told?.(month, some.filter(({ kind }) => kind === 'told').length);
  }
  return surprises;
};

type Part = Looked | readonly [Told, ...Told[]];

/** What one agency tells without a break goes into one batch, as its system would send it. */
const partsOf = (steps: readonly Step[]): readonly Part[] => {
  const parts: (Looked | [Told, ...Told[]])[] = [];
  for (const step of steps) {
    const last = parts.at(-1);
    if (step.kind === 'looked') parts.push(step);
    else if (Array.isArray(last) && belongs(last[0], step)) last.push(step);
    else parts.push([step]);
  }
  return parts;
};

const belongs = (first: Told, next: Told): boolean =>
  first.by === next.by &&
  first.expected !== 'unverifiable' &&
  next.expected !== 'unverifiable' &&
  dayOf(first) === dayOf(next) &&
  (!isOwnPage(first.by) || first.event.subject === next.event.subject);

/** One learner at a time is signed in there. */
const isOwnPage = (slug: Slug): boolean => CAST[slug].roles.some((role) => role === 'self-service');

const dayOf = ({ at }: Told): string => new Date(at).toISOString().slice(0, 10);

const tellPart = async (telling: Telling, part: Part): Promise<readonly Surprise[]> => {
  if (!('kind' in part)) return send(telling, part);
  await look(telling, part);
  return [];
};

const send = async ({ ask, clock, keys, signedIn }: Telling, batch: readonly [Told, ...Told[]]): Promise<readonly Surprise[]> => {
  const [first, ...others] = batch;
  const key = keys.get(first.by);
  if (!key) throw new Error(`The demo has no key of ${first.by}.`);
  const jws = await signEvents(others.length === 0 ? first.event : batch.map(({ event }) => event), key);
  clock.set(batch.at(-1)?.at ?? first.at);
  const receipts: readonly Answered[] =
    first.expected === 'unverifiable'
      ? [await sendSpoilt(ask, jws)]
      : await ask(new AdmitMessage({ raw: Buffer.from(jws), channel: 'http', ...(await own(signedIn, first)) }));
  return batch.flatMap(({ event, expected }, place) => {
    const { outcome, problem } = receipts[place] ?? { outcome: 'without a receipt' };
    if (outcome === expected) return [];
    return [{ event: `${event.id} (${event.type})`, expected, outcome: problem ? `${outcome} (${problem.code})` : outcome }];
  });
};

const own = async (signedIn: Telling['signedIn'], { by, event }: Told): Promise<{ readonly signedIn?: LearnerId | undefined }> =>
  isOwnPage(by) && event.subject !== undefined ? { signedIn: await signedIn(by, event.subject) } : {};

interface Answered {
  readonly outcome: string;
  readonly problem?: { readonly code: string };
}

/** One character of the signature is another: refused, and kept in quarantine. */
const sendSpoilt = async (ask: Ask, jws: string): Promise<Answered> => {
  const dot = jws.lastIndexOf('.');
  const spoilt = jws.slice(0, dot + 1) + (jws[dot + 1] === 'A' ? 'B' : 'A') + jws.slice(dot + 2);
  return ask(new AdmitMessage({ raw: Buffer.from(spoilt), channel: 'http' })).then(
    () => ({ outcome: 'admitted' }),
    () => ({ outcome: 'unverifiable' }),
  );
};

const look = async ({ ask, clock }: Telling, { at, by, ref, purposes, staff }: Looked): Promise<void> => {
  clock.set(at);
  const asker = { agency: by, ...(staff !== undefined && { staff }) };
  await ask(new AskAboutLearner({ query: 'passport', asker, ref, purposes, page: { limit: 200 } }));
};
