// What each message in the topics must have been answered, and what it was: one receipt each, never two (contracts.md, Receipts).
import type { Receipt } from '#client';
import type { Expected, Partnership } from './partnership-files.ts';
import { placeOf, type ReceivedReceipts } from './received-receipts.ts';
import type { TailRecord } from './topic-tail.ts';

/** A message as it stands in a topic; the same may stand there several times. */
export type Sent = Pick<TailRecord, 'topic' | 'partition' | 'offset' | 'value'>;

const CAPTURED = ['assessmentId', 'framework', 'domain', 'assessedOn', 'validUntil'] as const;
/** An event that is recorded, or whose id is used up, is a duplicate from then on. */
const RECORDED = ['accepted', 'already-captured'];

const faultOf = (want: Expected, got: Receipt, first: Receipt | undefined): string => {
  const checks: readonly (readonly [fault: string, right: () => boolean])[] = [
    ['outcome', () => got.outcome === want.outcome],
    ['id or source', () => got.id === want.id && got.source === want.source],
    ['position', () => got.outcome !== 'accepted' || /^\d+$/.test(got.position ?? '')],
    ['position of the first', () => got.outcome !== 'duplicate' || first === undefined || got.position === first.position],
    ['problem', () => got.outcome !== 'rejected' || (typeof got.problem?.type === 'string' && typeof got.problem.code === 'string')],
    ['existing', () => got.outcome !== 'already-captured' || CAPTURED.every((name) => got.existing?.[name] !== undefined)],
    ['existing.assessmentId', () => want.existing === undefined || got.existing?.assessmentId === want.existing],
  ];
  return checks.find(([, right]) => !right())?.[0] ?? '';
};

/** What a later copy of a message is answered: what was recorded is a duplicate; all else as before. */
const again = (want: Expected): Expected => (RECORDED.includes(want.outcome) ? { ...want, outcome: 'duplicate' } : want);

/** Compares every message that stands in the in topics with its receipts; one line for each that is wrong. */
export const wrongReceipts = (
  { messages, expected }: Partnership,
  sent: readonly Sent[],
  received: ReceivedReceipts,
  prefix: string,
): readonly string[] => {
  // Of messages that are sent twice on purpose the first tells what is to come.
  const wants = new Map(messages.toReversed().map(({ n, agency, jws }) => [`${agency} ${jws}`, expected[n] as Expected]));
  const met = new Map<string, number>();
  const firsts = new Map<string, Receipt>();
  const seen = new Set<string>();
  const wrong: string[] = [...received.faults];
  for (const { topic, partition, offset, value } of sent) {
    const agency = topic.slice(`${prefix}.in.`.length);
    const jws = String(value);
    const place = placeOf(agency, `${partition}/${offset}`);
    seen.add(place);
    const once = nth(wants.get(`${agency} ${jws}`), jws, met);
    const records = received.at(place);
    if (once === undefined || once.outcome === 'unverifiable') {
      if (records.length > 0) wrong.push(`${place}: answered, and must not be`);
      continue;
    }
    wrong.push(
      ...judged(
        place,
        once,
        records.flatMap(({ receipts }) => receipts),
        firsts,
      ),
    );
    if (records.length > 1) wrong.push(`${place}: ${records.length} records answer it`);
  }
  wrong.push(...inversionsIn({ messages, expected }, firsts));
  const nowhere = received.places.filter((place) => !seen.has(place));
  return [...wrong, ...nowhere.map((place) => `${place}: a receipt for nothing`)];
};

/** What is recorded of a learner stands in the log in the order in which it was sent: each was sent once the one before was answered. */
const inversionsIn = (
  { messages, expected }: Pick<Partnership, 'messages' | 'expected'>,
  firsts: ReadonlyMap<string, Receipt>,
): readonly string[] => {
  const last = new Map<number, number>();
  return messages.flatMap(({ n, learner }) => {
    const want = expected[n];
    const position = Number(want && firsts.get(`${want.source} ${want.id}`)?.position);
    if (want?.outcome !== 'accepted' || Number.isNaN(position)) return [];
    const before = last.get(learner) ?? 0;
    last.set(learner, position);
    return position > before ? [] : [`${n}: at ${position}, and the one before of the same learner at ${before}`];
  });
};

const nth = (want: Expected | undefined, jws: string, met: Map<string, number>): Expected | undefined => {
  const times = met.get(jws) ?? 0;
  met.set(jws, times + 1);
  if (want === undefined || times === 0) return want;
  return again(want);
};

const judged = (place: string, want: Expected, receipts: readonly Receipt[], firsts: Map<string, Receipt>): readonly string[] => {
  const [got, ...more] = receipts;
  const about = `${place} (${want.n}: ${want.outcome}, ${want.why || 'plain'})`;
  if (got === undefined) return [`${about}: no receipt`];
  if (more.length > 0) return [`${about}: ${receipts.length} receipts`];
  const name = `${want.source} ${want.id}`;
  const fault = faultOf(want, got, firsts.get(name));
  if (RECORDED.includes(got.outcome) && !firsts.has(name)) firsts.set(name, got);
  return fault === '' ? [] : [`${about}: wrong ${fault}, got ${JSON.stringify(got)}`];
};
