// docs/guides/problems.md explains every problem code that the code knows, and no other.
import { readFileSync } from 'node:fs';
import { rejectionsTable } from '#admission';
import { HTTP_PROBLEMS } from '#http';
import { INBOX_FAULTS, MESSAGE_FAULTS } from '#ingress';
import { UNREADABLE_CODES } from '#kafka-wire';

const guide = readFileSync(new URL('../../docs/guides/problems.md', import.meta.url), 'utf8');

interface Row {
  readonly section: string;
  readonly code: string;
  readonly status: number;
  readonly means: string;
  readonly todo: string;
}

const rows: readonly Row[] = guide.split(/^## /m).flatMap((text) => {
  const [section = ''] = text.split('\n', 1);
  return [...text.matchAll(/^\| `([a-z0-9-]+)` \| (\d+) \| (.+) \| (.+) \|$/gm)].map(([, code = '', status, means = '', todo = '']) => ({
    section,
    code,
    status: Number(status),
    means,
    todo,
  }));
});

const told = (codes: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(codes)
    .map(([code, status]) => `${code} ${status}`)
    .sort();
const explained = (sections: (section: string) => boolean): readonly string[] =>
  [...new Set(rows.filter(({ section }) => sections(section)).map(({ code, status }) => `${code} ${status}`))].sort();

describe('the guide to problems', () => {
  it('explains rejected events as the table of checks does: `npm run problems` writes it', () => {
    const [, section = ''] = guide.split(/^## Rejected events$/m);
    expect(section.split('\n## ')[0]).toContain(`\n\n${rejectionsTable()}\n`);
  });

  it('explains the codes of messages that are not taken', () => {
    const statuses = Object.fromEntries(Object.entries(MESSAGE_FAULTS).map(([code, [status]]) => [code, status]));
    expect(explained((section) => section === 'Messages that are not taken')).toEqual(told(statuses));
  });

  it('explains the codes under which messages over Kafka are set apart', () => {
    const [, section = ''] = guide.split('## Messages over Kafka');
    const codes = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([a-z-]+)` \| .+\. \| .+\. \|$/gm)].map(([, code]) => code);
    expect(codes).toEqual([...Object.keys(INBOX_FAULTS), ...UNREADABLE_CODES]);
  });

  it('explains the codes of all other answers', () => {
    expect(explained((section) => section !== 'Rejected events' && section !== 'Messages that are not taken')).toEqual(told(HTTP_PROBLEMS));
  });

  it('says of each code what it means and what to do, in sentences', () => {
    expect(rows.filter(({ means, todo }) => !/\.$/.test(means) || !/\.$/.test(todo))).toEqual([]);
  });
});
