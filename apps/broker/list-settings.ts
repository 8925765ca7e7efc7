// When the lists of months close, and by when everybody is to have the offer of a place.
import { Matches } from 'class-validator';
import { GUARANTEE_DAY_FORM, USUAL_GUARANTEE_DAY } from '#read-models';
import { CLOSING_FORM, USUAL_CLOSING } from '#reports';
import { LogSettings } from './log-settings.ts';
import { Setting } from './setting.ts';

export abstract class ListSettings extends LogSettings {
  @Setting('CONCORDAT_LISTS_CLOSE', 'when the list of a month closes: on this day of the next month, 01 to 20, at this time in London')
  @Matches(CLOSING_FORM, { message: 'listsClose must be a day from 01 to 20 and a time, as 05T06:00' })
  listsClose = USUAL_CLOSING;

  @Setting(
    'CONCORDAT_GUARANTEE_DEADLINE',
    'by which day of the year in which places begin everybody is to have the offer of one: month and day',
  )
  @Matches(GUARANTEE_DAY_FORM, { message: 'guaranteeDeadline must be a day from August to December, as 09-30' })
  guaranteeDeadline = USUAL_GUARANTEE_DAY;
}
