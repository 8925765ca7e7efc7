import type { Position } from '#kernel';

/** Position of the last event of the log. */
export type Head = () => Promise<Position>;

export const HEAD = Symbol('Head');
export const CLOCK = Symbol('Clock');

/** What reads the views. */
export const VIEWS = Symbol('Views');
