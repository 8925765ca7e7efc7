// When the lists of months close.
import { Matches } from 'class-validator';
import { CLOSING_FORM, USUAL_CLOSING } from '#reports';
import { LogSettings } from './log-settings.ts';
import { Setting } from './setting.ts';

export abstract class ListSettings extends LogSettings {
  @Setting('CONCORDAT_LISTS_CLOSE', 'when the list of a month closes: on this day of the next month, 01 to 20, at this time in London')
  @Matches(CLOSING_FORM, { message: 'listsClose must be a day from 01 to 20 and a time, as 05T06:00' })
  listsClose = USUAL_CLOSING;
}
