export {
  type Closing,
  CLOSING_FORM,
  closingBy,
  lastDayOf,
  listOf,
  type Month,
  monthBefore,
  monthOf,
  nextMonth,
  USUAL_CLOSING,
} from './closing.ts';
export * from './report-register.ts';
export type { ReportRejection } from './reports.decide.ts';
export * from './reports.events.ts';
export { initialReports, type Periods, periodsOf, type Published, raisedIn, type Report, type ReportsState, waiverIn } from './reports.ts';
