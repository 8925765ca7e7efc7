// What needs an officer today, of the summary that the broker gives.
import { dayText } from '../shell/times.ts';
import type { Summary } from './audit-answers.ts';
import { say } from './say.ts';

export interface Need {
  readonly title: string;
  readonly href: string;
  readonly tag: string;
  /** Whether it is late. */
  readonly late: boolean;
}

const questionsNeed = ({ open, overdue, due }: Summary['questions']): readonly Need[] => {
  if (open === 0) return [];
  const day = due === undefined ? '' : dayText(due);
  const tag = overdue === 0 ? `due by ${day}` : `${overdue} overdue, since ${day}`;
  const title = `${say.count(open, 'question or complaint', 'questions and complaints')} of learners to answer`;
  return [{ title, href: '/dpo/questions', tag, late: overdue > 0 }];
};

const looksNeed = (unusual: number): readonly Need[] =>
  unusual === 0
    ? []
    : [{ title: `${say.count(unusual, 'unusual look')} to explain`, href: '/dpo/unusual', tag: 'of the last four weeks', late: false }];

/** `unusual`: looks that wait for the officer to explain them. */
export const needsIn = ({ at, notices, questions, protocols }: Summary, unusual = 0): readonly Need[] => [
  ...questionsNeed(questions),
  ...looksNeed(unusual),
  ...(notices.overdue === 0
    ? []
    : [
        {
          title: `${say.count(notices.overdue, 'notice')} about data not answered in time`,
          href: '/dpo/withdrawals',
          tag: `due since ${notices.oldestDue === undefined ? '' : dayText(notices.oldestDue)}`,
          late: true,
        },
      ]),
  ...protocols.map(({ protocol, version, due }) => ({
    title: `Review ${say.code(protocol)}, version ${version}`,
    href: '/dpo/protocols',
    tag: due < at ? `overdue since ${dayText(due)}` : `due by ${dayText(due)}`,
    late: due < at,
  })),
];
