// Generators of parts: how often something is there, and how much of it.
import fc from 'fast-check';

export const some = <T>(values: readonly T[], maxLength = values.length): fc.Arbitrary<T[]> =>
  fc.subarray([...values], { minLength: 1, maxLength });

/** Undefined once in `oneIn` times. */
export const optional = <T>(values: fc.Arbitrary<T>, oneIn = 2): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: oneIn });

/** Leaves out what is undefined. */
export const compact = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

/** Three times out of four all of them, so that cases get far. */
export const most = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([...values]) }, { weight: 1, arbitrary: some(values) });

/** Once in `oneIn` times. */
export const seldom = <T>(value: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

export const TRUE = fc.constant(true as const);

export const rarely = <T>(list: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: list });
