// What needs an officer today, of the summary that the broker gives.
import type { Summary } from './audit-answers.ts';
import { say } from './say.ts';

export interface Need {
  readonly title: string;
  readonly href: string;
  readonly tag: string;
  /** Whether it is late. */
  readonly late: boolean;
}

export const needsIn = ({ at, notices, protocols }: Summary): readonly Need[] => [
  ...(notices.overdue === 0
    ? []
    : [
        {
          title: `${say.count(notices.overdue, 'notice')} about data not answered in time`,
          href: '/dpo/withdrawals',
          tag: `due since ${notices.oldestDue ?? ''}`,
          late: true,
        },
      ]),
  ...protocols.map(({ protocol, version, due }) => ({
    title: `Review ${say.code(protocol)}, version ${version}`,
    href: '/dpo/protocols',
    tag: due < at ? `overdue since ${due}` : `due by ${due}`,
    late: due < at,
  })),
];
