// Guides are run: the commands that one shows, in order, and whether they answer as it shows.
import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const WILD = '…';
const MARK = '@@ end of step @@';

export interface Step {
  readonly command: string;
  /** What the guide shows below it, and in which form. */
  readonly shows?: { readonly form: 'json' | 'text'; readonly text: string };
}

/** Fenced blocks in order; what follows a command before the next is what it answers. */
export const stepsOf = (guide: string): readonly Step[] => {
  const blocks = [...guide.matchAll(/^```(sh|json|text)\n([\s\S]*?)^```$/gm)].map(([, form = '', content = '']) => ({ form, content }));
  return blocks.flatMap(({ form, content }, place) => {
    if (form !== 'sh') return [];
    const next = blocks[place + 1];
    return [
      {
        command: content,
        ...(next === undefined || next.form === 'sh' ? {} : { shows: { form: next.form as 'json' | 'text', text: next.content } }),
      },
    ];
  });
};

const matches = (shown: string, told: string): boolean =>
  new RegExp(
    `^${shown
      .split(WILD)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.+')}$`,
  ).test(told);

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is told, with everything that the guide leaves open replaced by `…`. */
const asShown = (shown: unknown, told: unknown): unknown => {
  if (shown === WILD) return WILD;
  if (typeof shown === 'string') return matches(shown, String(told)) ? shown : told;
  if (Array.isArray(shown)) return Array.isArray(told) ? told.map((one, place) => asShown(shown[place], one)) : told;
  return isObject(shown) && isObject(told) ? membersAsShown(shown, told) : told;
};

/** A member named `…` stands for any that are not shown. */
const membersAsShown = (shown: Members, told: Members): Members => {
  const open = WILD in shown;
  const members = Object.entries(told).filter(([name]) => !open || name in shown);
  return { ...Object.fromEntries(members.map(([name, value]) => [name, asShown(shown[name], value)])), ...(open ? { [WILD]: WILD } : {}) };
};

export interface Running {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** When a guide that has not come to its end is ended. */
  readonly patienceMs: number;
}

/** What each command answered. Throws, with what was complained of, where one failed or hung. Whatever they started beside is ended. */
export const runSteps = async (steps: readonly Step[], { patienceMs, ...options }: Running): Promise<readonly string[]> => {
  const script = ['set -euo pipefail', ...steps.flatMap(({ command }) => [command, `echo; echo '${MARK}'`])].join('\n');
  const shell = spawn('bash', ['-c', script], { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const impatient = setTimeout(() => endGroup(shell), patienceMs);
  shell.once('exit', () => endGroup(shell));
  const [told, complaints] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  clearTimeout(impatient);
  const answers = told.split(MARK).map((answer) => answer.trim());
  if (answers.length !== steps.length + 1)
    throw new Error(`Step ${answers.length} of ${steps.length} failed: ${complaints}\n${steps[answers.length - 1]?.command ?? ''}`);
  return answers;
};

/** The shell leads a group of its own. */
const endGroup = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended by itself.
  }
};

export interface Compared {
  readonly command: string;
  readonly shown: unknown;
  /** With everything that the guide leaves open as it is shown. */
  readonly told: unknown;
}

/** Of the steps that show something, that beside what was told. */
export const compared = (steps: readonly Step[], answers: readonly string[]): readonly Compared[] =>
  steps.flatMap(({ command, shows }, place) => {
    if (shows === undefined) return [];
    const told = answers[place] ?? '';
    if (shows.form === 'text') {
      const shown = shows.text.trim();
      return [{ command, shown, told: matches(shown, told) ? shown : told }];
    }
    const shown: unknown = JSON.parse(shows.text);
    return [{ command, shown, told: asShown(shown, JSON.parse(told)) }];
  });
