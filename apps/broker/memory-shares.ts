// How the memory that is set aside for what was opened is divided: an item takes about as much as a key, and there are more of them.
import type { BrokerConfig } from './config.ts';

const MIB = 2 ** 20;
const OF_KEYS = 1 / 4;

type Cache = Pick<BrokerConfig, 'cacheMb'>;

/** Bytes for the keys that open learners' records. */
export const keyBytes = ({ cacheMb }: Cache): number => cacheMb * OF_KEYS * MIB;

/** Bytes for items of learners' records in the plain. */
export const itemBytes = ({ cacheMb }: Cache): number => cacheMb * (1 - OF_KEYS) * MIB;
