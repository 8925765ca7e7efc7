// Whether one thing takes longer than another, by rank: however busy the machine is, both are done in turn.

const ROUNDS = 60;
/** Done before any counts: what is compiled and kept at first. */
const FIRST_ROUNDS = 10;

const timed = async (act: () => Promise<void>): Promise<number> => {
  const began = performance.now();
  await act();
  return performance.now() - began;
};

/** The share of pairs in which the one took longer; a half where nothing tells them apart. */
export const slowerThan = async (one: () => Promise<void>, other: () => Promise<void>): Promise<number> => {
  const times: (readonly [number, number])[] = [];
  for (let round = 0; round < FIRST_ROUNDS + ROUNDS; round++) {
    const first = round % 2 === 0;
    const before = await timed(first ? one : other);
    const after = await timed(first ? other : one);
    if (round >= FIRST_ROUNDS) times.push(first ? [before, after] : [after, before]);
  }
  const ones = times.map(([time]) => time);
  const others = times.map(([, time]) => time);
  const slower = ones.reduce((sum, time) => sum + others.filter((than) => time > than).length, 0);
  return slower / (ones.length * others.length);
};
