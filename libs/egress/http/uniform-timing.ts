// Answers of "no such learner" leave at fixed moments after the request came, so that their time does not tell why (contracts.md, HTTP).

const STEP_MS = 25;

/** Resolves at the next whole step of 25 ms after `began` (as `performance.now()`). */
export const atUniformTime = (began: number): Promise<void> => {
  const spent = performance.now() - began;
  const due = Math.ceil(spent / STEP_MS) * STEP_MS - spent;
  return new Promise((resolve) => void setTimeout(resolve, due));
};
