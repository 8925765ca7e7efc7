// What partners are to be told of without delay: it may take from their sight, or give to it, what was recorded long before.
import { AGENCIES_STREAM } from '#agencies';
import type { RecordedEvent } from '#event-store';
import { ERASED } from '#learner-file';

const KINDS = /^uk\.concordat\.(?:consent|objection|restriction|record)\./;

export const changesWhoSees = ({ stream, type }: Pick<RecordedEvent, 'stream' | 'type'>): boolean =>
  stream === AGENCIES_STREAM || type === ERASED || KINDS.test(type);
