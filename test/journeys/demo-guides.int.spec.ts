// Guides that are tried on the demo do what they say: their commands are run, in order, against one just made, and answer as they show.
import { DemoGuide, PATIENCE_MS } from './demo-guide.ts';

let guide: DemoGuide;
beforeEach(() => {
  guide = new DemoGuide();
});
afterEach(() => guide.close());

it.each(['views.md', 'import.md'])(
  '%s shows what its commands answer',
  async (name) => {
    const shown = await guide.run(name);
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.map(({ command, told }) => ({ command, answer: told }))).toEqual(
      shown.map(({ command, shown: answer }) => ({ command, answer })),
    );
  },
  2 * PATIENCE_MS,
);
