// Whoever follows the log does so as a consumer of the one tail (house rule 6, ADR 0024): nobody else subscribes to it.
import { globSync } from 'node:fs';
import { readTextFile } from '#strict-text';

const subscribes = (text: string): boolean => /from '#event-store'/.test(text) && /\.subscribe\(|'subscribe'/.test(text);

describe('the log', () => {
  it('is subscribed to by its tail alone', () => {
    const files = globSync('{apps,libs}/**/*.ts').filter(
      (file) => !/\.spec\.ts$|^libs\/event-store\/|\/(?:fixtures|contract)\//.test(file),
    );
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => subscribes(readTextFile(file)))).toEqual([]);
  });

  it.each([
    "import type { EventStore } from '#event-store';\nconst read = (store: EventStore) => store.subscribe({ after: 0, signal });",
    "import type { EventStore } from '#event-store';\ntype Log = Pick<EventStore, 'head' | 'subscribe'>;",
  ])('would be subscribed to by %j', (text) => {
    expect(subscribes(text)).toBe(true);
  });
});
